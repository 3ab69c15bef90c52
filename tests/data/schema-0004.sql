-- What the program wrote when schema 0004 was its newest: a made-up province of 12 loans (gongji demo --loans 12, its periods
-- closed and settled), and the four postings of test_upgrade.py, one of them refused. COPY blocks for psycopg, in an order
-- that foreign keys allow. Never made again: it is history.

COPY ledger.book (book_id, name) FROM stdin;
1	云杉产业投资
2	云杉融资担保
3	云杉银行
4	岚江财产保险
5	岚江银行
6	松澜省再担保
7	松澜省财政厅
8	松澜省风险补偿资金池
9	松澜科创引导基金
10	松澜科技融资担保
11	松澜财政出资平台
12	松澜银行
13	穗原银行
14	镜泽财产保险
15	镜泽银行
16	霁川创业投资
17	霁川融资担保
18	霁川银行
19	Bureau of the valley
20	Valley bank
21	Valley guarantee
\.

COPY ledger.account (book_id, account_id, role, kind, counterparty_book_id, currency) FROM stdin;
1	1	capital	equity	\N	CNY
1	2	cash	asset	\N	CNY
1	3	commitment	memo	\N	CNY
1	4	commitment_contra	memo	\N	CNY
1	5	due_to	liability	9	CNY
1	6	fund_investment	asset	\N	CNY
2	7	capital	equity	\N	CNY
2	8	cash	asset	\N	CNY
2	9	ceded_fee	expense	\N	CNY
2	10	due_to	liability	6	CNY
2	11	exposure	memo	\N	CNY
2	12	exposure_contra	memo	\N	CNY
2	13	fee_prepaid	liability	\N	CNY
3	14	capital	equity	\N	CNY
3	15	cash	asset	\N	CNY
4	16	capital	equity	\N	CNY
4	17	cash	asset	\N	CNY
5	18	capital	equity	\N	CNY
5	19	cash	asset	\N	CNY
6	20	capital	equity	\N	CNY
6	21	cash	asset	\N	CNY
6	22	due_from	asset	2	CNY
6	23	exposure	memo	\N	CNY
6	24	exposure_contra	memo	\N	CNY
6	25	fee_income	income	\N	CNY
7	26	budget	liability	\N	CNY
7	27	cash	asset	\N	CNY
8	28	cash	asset	\N	CNY
8	29	pool_fund	liability	\N	CNY
9	30	commitment	memo	\N	CNY
9	31	commitment_contra	memo	\N	CNY
9	32	due_from	asset	1	CNY
9	33	due_from	asset	11	CNY
9	34	due_from	asset	16	CNY
9	35	partner_capital	equity	\N	CNY
10	36	capital	equity	\N	CNY
10	37	cash	asset	\N	CNY
11	38	capital	equity	\N	CNY
11	39	cash	asset	\N	CNY
11	40	commitment	memo	\N	CNY
11	41	commitment_contra	memo	\N	CNY
11	42	due_to	liability	9	CNY
11	43	fund_investment	asset	\N	CNY
12	44	capital	equity	\N	CNY
12	45	cash	asset	\N	CNY
13	46	capital	equity	\N	CNY
13	47	cash	asset	\N	CNY
14	48	capital	equity	\N	CNY
14	49	cash	asset	\N	CNY
15	50	capital	equity	\N	CNY
15	51	cash	asset	\N	CNY
15	52	deposits	liability	\N	CNY
15	53	loan	asset	\N	CNY
16	54	capital	equity	\N	CNY
16	55	cash	asset	\N	CNY
16	56	commitment	memo	\N	CNY
16	57	commitment_contra	memo	\N	CNY
16	58	due_to	liability	9	CNY
16	59	fund_investment	asset	\N	CNY
17	60	capital	equity	\N	CNY
17	61	cash	asset	\N	CNY
18	62	capital	equity	\N	CNY
18	63	cash	asset	\N	CNY
2	64	due_from	asset	7	CNY
2	65	subsidy_income	income	\N	CNY
7	66	due_to	liability	2	CNY
9	67	cash	asset	\N	CNY
6	68	due_from	asset	10	CNY
6	69	due_from	asset	17	CNY
10	70	ceded_fee	expense	\N	CNY
10	71	due_to	liability	6	CNY
10	72	exposure	memo	\N	CNY
10	73	exposure_contra	memo	\N	CNY
10	74	fee_prepaid	liability	\N	CNY
13	75	deposits	liability	\N	CNY
13	76	loan	asset	\N	CNY
15	77	interest_income	income	\N	CNY
17	78	ceded_fee	expense	\N	CNY
17	79	due_to	liability	6	CNY
17	80	exposure	memo	\N	CNY
17	81	exposure_contra	memo	\N	CNY
17	82	fee_prepaid	liability	\N	CNY
18	83	deposits	liability	\N	CNY
18	84	loan	asset	\N	CNY
9	85	fair_value	income	\N	CNY
9	86	portfolio	asset	\N	CNY
13	87	interest_income	income	\N	CNY
4	88	exposure	memo	\N	CNY
4	89	exposure_contra	memo	\N	CNY
4	90	premium_income	income	\N	CNY
4	91	premium_recv	asset	\N	CNY
12	92	deposits	liability	\N	CNY
12	93	loan	asset	\N	CNY
5	94	deposits	liability	\N	CNY
5	95	loan	asset	\N	CNY
18	96	interest_income	income	\N	CNY
7	97	due_to	liability	10	CNY
10	98	due_from	asset	7	CNY
10	99	subsidy_income	income	\N	CNY
5	100	interest_income	income	\N	CNY
4	101	due_from	asset	7	CNY
7	102	due_to	liability	4	CNY
14	103	exposure	memo	\N	CNY
14	104	exposure_contra	memo	\N	CNY
14	105	premium_income	income	\N	CNY
14	106	premium_recv	asset	\N	CNY
12	107	interest_income	income	\N	CNY
7	108	due_to	liability	17	CNY
17	109	due_from	asset	7	CNY
17	110	subsidy_income	income	\N	CNY
1	111	due_from	asset	9	CNY
9	112	due_to	liability	1	CNY
9	113	due_to	liability	11	CNY
9	114	due_to	liability	16	CNY
11	115	due_from	asset	9	CNY
16	116	due_from	asset	9	CNY
7	117	due_to	liability	14	CNY
14	118	due_from	asset	7	CNY
19	119	budget	liability	\N	CNY
19	120	capital	equity	\N	CNY
19	121	cash	asset	\N	CNY
20	122	capital	equity	\N	CNY
20	123	cash	asset	\N	CNY
20	124	due_from	asset	21	CNY
21	125	cash	asset	\N	CNY
21	126	due_to	liability	20	CNY
\.

COPY ledger.balance (book_id, account_id, currency, debits, credits, credit_floor, debit_floor, hot_rank) FROM stdin;
7	26	CNY	25240823	39000000	0	\N	1
16	59	CNY	210000000	75000000	\N	\N	0
11	43	CNY	560000000	200000000	\N	\N	0
2	8	CNY	1909016434	6409847	\N	\N	0
18	63	CNY	1874000000	0	\N	\N	0
16	55	CNY	1949000000	210000000	\N	\N	0
6	21	CNY	1884092290	0	\N	\N	0
15	51	CNY	1874000000	0	\N	\N	0
2	10	CNY	6409847	6409847	\N	\N	0
13	47	CNY	1874000000	0	\N	\N	0
12	45	CNY	1874000000	0	\N	\N	0
11	39	CNY	2074000000	560000000	\N	\N	0
15	53	CNY	588318901	588318901	\N	\N	0
1	2	CNY	1999000000	350000000	\N	\N	0
6	24	CNY	398013524	1119293524	\N	\N	0
5	19	CNY	1874000000	0	\N	\N	0
3	15	CNY	1874000000	0	\N	\N	0
1	6	CNY	350000000	125000000	\N	\N	0
16	56	CNY	300000000	210000000	\N	\N	0
17	61	CNY	1887873721	2568184	\N	\N	0
16	58	CNY	210000000	210000000	\N	\N	0
11	42	CNY	560000000	560000000	\N	\N	0
1	5	CNY	350000000	350000000	\N	\N	0
9	34	CNY	210000000	210000000	\N	\N	0
9	33	CNY	560000000	560000000	\N	\N	0
11	40	CNY	800000000	560000000	\N	\N	0
9	30	CNY	1600000000	1120000000	\N	\N	0
1	3	CNY	500000000	350000000	\N	\N	0
6	22	CNY	6409847	6409847	\N	\N	0
9	32	CNY	350000000	350000000	\N	\N	0
18	62	CNY	0	1874000000	\N	\N	0
17	60	CNY	0	1874000000	\N	\N	0
16	54	CNY	0	1874000000	\N	\N	0
15	50	CNY	0	1874000000	\N	\N	0
14	48	CNY	0	1874000000	\N	\N	0
13	46	CNY	0	1874000000	\N	\N	0
12	44	CNY	0	1874000000	\N	\N	0
11	38	CNY	0	1874000000	\N	\N	0
10	36	CNY	0	1874000000	\N	\N	0
6	20	CNY	0	1874000000	\N	\N	0
5	18	CNY	0	1874000000	\N	\N	0
4	16	CNY	0	1874000000	\N	\N	0
3	14	CNY	0	1874000000	\N	\N	0
2	7	CNY	0	1874000000	\N	\N	0
1	1	CNY	0	1874000000	\N	\N	0
6	25	CNY	0	10092290	\N	\N	0
4	17	CNY	1936807330	0	\N	\N	0
15	52	CNY	610111674	588318901	\N	\N	0
7	27	CNY	39000000	25240823	\N	\N	0
14	49	CNY	1878149299	0	\N	\N	0
10	37	CNY	1879812116	1114259	\N	\N	0
6	23	CNY	1119293524	398013524	\N	\N	0
2	13	CNY	0	32049234	\N	\N	0
9	35	CNY	400000000	1120000000	\N	\N	0
2	12	CNY	470655121	1700255121	\N	\N	0
2	9	CNY	6409847	0	\N	\N	0
8	28	CNY	3000000	0	\N	\N	0
2	11	CNY	1700255121	470655121	\N	\N	0
8	29	CNY	0	3000000	\N	\N	0
18	83	CNY	336060000	1128000000	\N	\N	0
18	84	CNY	1128000000	320000000	\N	\N	0
10	73	CNY	418778691	418778691	\N	\N	0
10	72	CNY	418778691	418778691	\N	\N	0
15	77	CNY	0	21792773	\N	\N	0
2	65	CNY	0	2967200	\N	\N	0
2	64	CNY	2967200	2967200	\N	\N	0
7	66	CNY	2967200	2967200	\N	\N	0
17	82	CNY	0	12840921	\N	\N	0
17	81	CNY	105600000	679200000	\N	\N	0
17	78	CNY	2568184	0	\N	\N	0
17	80	CNY	679200000	105600000	\N	\N	0
17	79	CNY	2568184	2568184	\N	\N	0
6	69	CNY	2568184	2568184	\N	\N	0
9	67	CNY	1120000000	400000000	\N	\N	0
13	75	CNY	134054250	334000000	\N	\N	0
13	76	CNY	334000000	132000000	\N	\N	0
9	85	CNY	40000000	165333332	\N	\N	0
13	87	CNY	0	2054250	\N	\N	0
16	57	CNY	210000000	300000000	\N	\N	0
11	41	CNY	560000000	800000000	\N	\N	0
9	31	CNY	1120000000	1600000000	\N	\N	0
1	4	CNY	350000000	500000000	\N	\N	0
10	74	CNY	0	5571293	\N	\N	0
10	70	CNY	1114259	0	\N	\N	0
9	86	CNY	165333332	40000000	\N	\N	0
10	71	CNY	1114259	1114259	\N	\N	0
6	68	CNY	1114259	1114259	\N	\N	0
7	108	CNY	1032800	1032800	\N	\N	0
4	90	CNY	0	62866879	\N	\N	0
4	89	CNY	0	2958395160	\N	\N	0
4	88	CNY	2958395160	0	\N	\N	0
18	96	CNY	0	16060000	\N	\N	0
14	104	CNY	0	547000000	\N	\N	0
14	105	CNY	0	4211500	\N	\N	0
14	103	CNY	547000000	0	\N	\N	0
12	92	CNY	492435889	1244000000	\N	\N	0
10	99	CNY	0	240823	\N	\N	0
7	97	CNY	240823	240823	\N	\N	0
10	98	CNY	240823	240823	\N	\N	0
12	93	CNY	1244000000	466000000	\N	\N	0
12	107	CNY	0	26435889	\N	\N	0
14	106	CNY	4211500	4149299	\N	\N	0
4	91	CNY	62866879	62807330	\N	\N	0
4	101	CNY	18956451	18956451	\N	\N	0
5	94	CNY	206296557	203473364	\N	\N	0
5	95	CNY	203473364	203473364	\N	\N	0
5	100	CNY	0	2823193	\N	\N	0
7	102	CNY	18956451	18956451	\N	\N	0
17	110	CNY	0	1032800	\N	\N	0
17	109	CNY	1032800	1032800	\N	\N	0
16	116	CNY	75000000	75000000	\N	\N	0
11	115	CNY	200000000	200000000	\N	\N	0
1	111	CNY	125000000	125000000	\N	\N	0
9	114	CNY	75000000	75000000	\N	\N	0
9	113	CNY	200000000	200000000	\N	\N	0
9	112	CNY	125000000	125000000	\N	\N	0
7	117	CNY	2043549	2043549	\N	\N	0
14	118	CNY	2043549	2043549	\N	\N	0
19	119	CNY	0	500000	0	\N	1
19	120	CNY	0	8	\N	\N	0
19	121	CNY	500008	0	\N	\N	0
20	122	CNY	0	16	\N	\N	0
20	123	CNY	16	120000	\N	\N	0
20	124	CNY	120000	0	\N	\N	0
21	125	CNY	120000	0	\N	\N	0
21	126	CNY	0	120000	\N	\N	0
\.

COPY ledger.calendar (only_row, unit, closed_through) FROM stdin;
t	quarter	2025-12-31
\.

COPY ledger.head (book_id, last_journal) FROM stdin;
3	1
8	3
18	5
10	13
5	4
12	7
17	20
1	8
11	8
15	5
16	8
9	30
13	5
2	29
6	40
7	22
14	10
4	16
19	2
20	2
21	1
\.

COPY ledger.journal (book_id, journal_no, event_id, kind, lines, effective_on, period_id, relates_to_on, reverses_no, actor, recorded_at, xact) FROM stdin;
1	1	CAPITAL-14/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.611727+00	755
1	2	FUND-2/committed	fund.committed	1	2023-02-01	20231	\N	\N	office	2026-11-24 13:01:22.612004+00	755
1	3	FUND-2/capital_called-1	fund.capital_called	2	2023-03-15	20231	\N	\N	office	2026-11-24 13:01:22.61201+00	755
2	1	CAPITAL-08/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612014+00	755
2	2	SL2023-00001:G/issued	guarantee.issued	1	2023-01-16	20231	\N	\N	office	2026-11-24 13:01:22.612016+00	755
2	3	SL2023-00001:G/fee_charged	guarantee.fee_charged	1	2023-01-16	20231	\N	\N	office	2026-11-24 13:01:22.612018+00	755
2	4	SL2023-00001:R/fee_charged	reguarantee.fee_charged	1	2023-01-16	20231	\N	\N	office	2026-11-24 13:01:22.61202+00	755
2	5	SL2023-00002:G/issued	guarantee.issued	1	2023-03-06	20231	\N	\N	office	2026-11-24 13:01:22.612022+00	755
2	6	SL2023-00002:G/fee_charged	guarantee.fee_charged	1	2023-03-06	20231	\N	\N	office	2026-11-24 13:01:22.612024+00	755
2	7	SL2023-00002:R/fee_charged	reguarantee.fee_charged	1	2023-03-06	20231	\N	\N	office	2026-11-24 13:01:22.612026+00	755
3	1	CAPITAL-03/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612028+00	755
4	1	CAPITAL-12/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612031+00	755
5	1	CAPITAL-05/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612033+00	755
6	1	CAPITAL-10/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612035+00	755
6	2	SL2023-00001:R/issued	reguarantee.issued	1	2023-01-16	20231	\N	\N	office	2026-11-24 13:01:22.612039+00	755
6	3	SL2023-00001:R/fee_charged	reguarantee.fee_charged	1	2023-01-16	20231	\N	\N	office	2026-11-24 13:01:22.612042+00	755
6	4	SL2023-00002:R/issued	reguarantee.issued	1	2023-03-06	20231	\N	\N	office	2026-11-24 13:01:22.612044+00	755
6	5	SL2023-00002:R/fee_charged	reguarantee.fee_charged	1	2023-03-06	20231	\N	\N	office	2026-11-24 13:01:22.612046+00	755
7	1	BUDGET-PREMIUMS/appropriated-1	budget.appropriated	1	2023-01-02	20231	\N	\N	office	2026-11-24 13:01:22.612048+00	755
7	2	BUDGET-FEES/appropriated-1	budget.appropriated	1	2023-01-02	20231	\N	\N	office	2026-11-24 13:01:22.61205+00	755
8	1	POOL/funded-1	pool.funded	1	2023-01-02	20231	\N	\N	office	2026-11-24 13:01:22.612053+00	755
9	1	FUND-1/committed	fund.committed	1	2023-02-01	20231	\N	\N	office	2026-11-24 13:01:22.612055+00	755
9	2	FUND-2/committed	fund.committed	1	2023-02-01	20231	\N	\N	office	2026-11-24 13:01:22.612057+00	755
9	3	FUND-3/committed	fund.committed	1	2023-02-01	20231	\N	\N	office	2026-11-24 13:01:22.612059+00	755
9	4	FUND-1/capital_called-1	fund.capital_called	2	2023-03-15	20231	\N	\N	office	2026-11-24 13:01:22.612061+00	755
9	5	FUND-2/capital_called-1	fund.capital_called	2	2023-03-15	20231	\N	\N	office	2026-11-24 13:01:22.612063+00	755
9	6	FUND-3/capital_called-1	fund.capital_called	2	2023-03-15	20231	\N	\N	office	2026-11-24 13:01:22.612065+00	755
10	1	CAPITAL-07/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.61207+00	755
11	1	CAPITAL-13/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612072+00	755
11	2	FUND-1/committed	fund.committed	1	2023-02-01	20231	\N	\N	office	2026-11-24 13:01:22.612075+00	755
11	3	FUND-1/capital_called-1	fund.capital_called	2	2023-03-15	20231	\N	\N	office	2026-11-24 13:01:22.612077+00	755
12	1	CAPITAL-01/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612079+00	755
13	1	CAPITAL-06/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612081+00	755
14	1	CAPITAL-11/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612084+00	755
15	1	CAPITAL-02/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612086+00	755
15	2	SL2023-00001/disbursed	loan.disbursed	1	2023-01-16	20231	\N	\N	office	2026-11-24 13:01:22.612088+00	755
15	3	SL2023-00002/disbursed	loan.disbursed	1	2023-03-06	20231	\N	\N	office	2026-11-24 13:01:22.61209+00	755
16	1	CAPITAL-15/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612092+00	755
16	2	FUND-3/committed	fund.committed	1	2023-02-01	20231	\N	\N	office	2026-11-24 13:01:22.612094+00	755
16	3	FUND-3/capital_called-1	fund.capital_called	2	2023-03-15	20231	\N	\N	office	2026-11-24 13:01:22.612096+00	755
17	1	CAPITAL-09/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612101+00	755
18	1	CAPITAL-04/funded	party.funded	1	2023-01-01	20231	\N	\N	office	2026-11-24 13:01:22.612103+00	755
2	8	2023Q1/example-fee-reduction/SL2023-00002:G/fee_reduction	fee_reduction.granted	1	2023-03-31	20231	\N	\N	office	2026-11-24 13:01:22.670922+00	756
7	3	2023Q1/example-fee-reduction/SL2023-00002:G/fee_reduction	fee_reduction.granted	1	2023-03-31	20231	\N	\N	office	2026-11-24 13:01:22.670942+00	756
1	4	settle/2023Q1/2023-04-01/云杉产业投资/松澜科创引导基金/CNY	settlement.paid	1	2023-04-01	20232	\N	\N	office	2026-11-24 13:01:22.700512+00	756
2	9	settle/2023Q1/2023-04-01/云杉融资担保/松澜省再担保/CNY	settlement.paid	1	2023-04-01	20232	\N	\N	office	2026-11-24 13:01:22.700532+00	756
2	10	settle/2023Q1/2023-04-01/松澜省财政厅/云杉融资担保/CNY	settlement.paid	1	2023-04-01	20232	\N	\N	office	2026-11-24 13:01:22.700536+00	756
6	6	settle/2023Q1/2023-04-01/云杉融资担保/松澜省再担保/CNY	settlement.paid	1	2023-04-01	20232	\N	\N	office	2026-11-24 13:01:22.700539+00	756
7	4	settle/2023Q1/2023-04-01/松澜省财政厅/云杉融资担保/CNY	settlement.paid	1	2023-04-01	20232	\N	\N	office	2026-11-24 13:01:22.700542+00	756
9	7	settle/2023Q1/2023-04-01/云杉产业投资/松澜科创引导基金/CNY	settlement.paid	1	2023-04-01	20232	\N	\N	office	2026-11-24 13:01:22.700544+00	756
9	8	settle/2023Q1/2023-04-01/松澜财政出资平台/松澜科创引导基金/CNY	settlement.paid	1	2023-04-01	20232	\N	\N	office	2026-11-24 13:01:22.700547+00	756
9	9	settle/2023Q1/2023-04-01/霁川创业投资/松澜科创引导基金/CNY	settlement.paid	1	2023-04-01	20232	\N	\N	office	2026-11-24 13:01:22.700549+00	756
11	4	settle/2023Q1/2023-04-01/松澜财政出资平台/松澜科创引导基金/CNY	settlement.paid	1	2023-04-01	20232	\N	\N	office	2026-11-24 13:01:22.700552+00	756
16	4	settle/2023Q1/2023-04-01/霁川创业投资/松澜科创引导基金/CNY	settlement.paid	1	2023-04-01	20232	\N	\N	office	2026-11-24 13:01:22.700554+00	756
2	11	SL2023-00001:G/released	guarantee.released	1	2023-07-15	20233	\N	\N	office	2026-11-24 13:01:22.777595+00	759
6	7	SL2023-00001:R/released	reguarantee.released	1	2023-07-15	20233	\N	\N	office	2026-11-24 13:01:22.777615+00	759
6	8	SL2023-00003:R/issued	reguarantee.issued	1	2023-07-19	20233	\N	\N	office	2026-11-24 13:01:22.777618+00	759
6	9	SL2023-00003:R/fee_charged	reguarantee.fee_charged	1	2023-07-19	20233	\N	\N	office	2026-11-24 13:01:22.777622+00	759
6	10	SL2023-00004:R/issued	reguarantee.issued	1	2023-08-09	20233	\N	\N	office	2026-11-24 13:01:22.777624+00	759
6	11	SL2023-00004:R/fee_charged	reguarantee.fee_charged	1	2023-08-09	20233	\N	\N	office	2026-11-24 13:01:22.778059+00	759
10	2	SL2023-00004:G/issued	guarantee.issued	1	2023-08-09	20233	\N	\N	office	2026-11-24 13:01:22.778063+00	759
10	3	SL2023-00004:G/fee_charged	guarantee.fee_charged	1	2023-08-09	20233	\N	\N	office	2026-11-24 13:01:22.778065+00	759
10	4	SL2023-00004:R/fee_charged	reguarantee.fee_charged	1	2023-08-09	20233	\N	\N	office	2026-11-24 13:01:22.778068+00	759
13	2	SL2023-00003/disbursed	loan.disbursed	1	2023-07-19	20233	\N	\N	office	2026-11-24 13:01:22.778073+00	759
15	4	SL2023-00001/repaid-1	loan.repaid	2	2023-07-15	20233	\N	\N	office	2026-11-24 13:01:22.778075+00	759
17	2	SL2023-00003:G/issued	guarantee.issued	1	2023-07-19	20233	\N	\N	office	2026-11-24 13:01:22.778078+00	759
17	3	SL2023-00003:G/fee_charged	guarantee.fee_charged	1	2023-07-19	20233	\N	\N	office	2026-11-24 13:01:22.77808+00	759
17	4	SL2023-00003:R/fee_charged	reguarantee.fee_charged	1	2023-07-19	20233	\N	\N	office	2026-11-24 13:01:22.778082+00	759
18	2	SL2023-00004/disbursed	loan.disbursed	1	2023-08-09	20233	\N	\N	office	2026-11-24 13:01:22.778085+00	759
6	12	settle/2023Q3/2023-10-01/松澜科技融资担保/松澜省再担保/CNY	settlement.paid	1	2023-10-01	20234	\N	\N	office	2026-11-24 13:01:22.815503+00	760
6	13	settle/2023Q3/2023-10-01/霁川融资担保/松澜省再担保/CNY	settlement.paid	1	2023-10-01	20234	\N	\N	office	2026-11-24 13:01:22.815531+00	760
10	5	settle/2023Q3/2023-10-01/松澜科技融资担保/松澜省再担保/CNY	settlement.paid	1	2023-10-01	20234	\N	\N	office	2026-11-24 13:01:22.815535+00	760
17	5	settle/2023Q3/2023-10-01/霁川融资担保/松澜省再担保/CNY	settlement.paid	1	2023-10-01	20234	\N	\N	office	2026-11-24 13:01:22.815538+00	760
9	10	FUND-1/revalued-2	fund.revalued	1	2023-12-20	20234	\N	\N	office	2026-11-24 13:01:22.846891+00	761
9	11	FUND-2/revalued-2	fund.revalued	1	2023-12-20	20234	\N	\N	office	2026-11-24 13:01:22.846911+00	761
9	12	FUND-3/revalued-2	fund.revalued	1	2023-12-20	20234	\N	\N	office	2026-11-24 13:01:22.846915+00	761
13	3	SL2023-00003/repaid-1	loan.repaid	2	2023-10-17	20234	\N	\N	office	2026-11-24 13:01:22.846917+00	761
2	12	SL2023-00002:G/released	guarantee.released	1	2024-03-05	20241	\N	\N	office	2026-11-24 13:01:22.892553+00	763
4	2	PX-0001/policy_issued	insurance.policy_issued	1	2024-02-10	20241	\N	\N	office	2026-11-24 13:01:22.892577+00	763
4	3	PX-0001/premium_charged	insurance.premium_charged	1	2024-02-10	20241	\N	\N	office	2026-11-24 13:01:22.892581+00	763
4	4	PX-0001/premium_paid	insurance.premium_paid	1	2024-02-19	20241	\N	\N	office	2026-11-24 13:01:22.892584+00	763
6	14	SL2023-00003:R/released	reguarantee.released	1	2024-01-15	20241	\N	\N	office	2026-11-24 13:01:22.892586+00	763
6	15	SL2023-00002:R/released	reguarantee.released	1	2024-03-05	20241	\N	\N	office	2026-11-24 13:01:22.892589+00	763
6	16	SL2024-00001:R/issued	reguarantee.issued	1	2024-03-18	20241	\N	\N	office	2026-11-24 13:01:22.892592+00	763
6	17	SL2024-00001:R/fee_charged	reguarantee.fee_charged	1	2024-03-18	20241	\N	\N	office	2026-11-24 13:01:22.892595+00	763
7	5	BUDGET-PREMIUMS/appropriated-2	budget.appropriated	1	2024-01-02	20241	\N	\N	office	2026-11-24 13:01:22.892597+00	763
7	6	BUDGET-FEES/appropriated-2	budget.appropriated	1	2024-01-02	20241	\N	\N	office	2026-11-24 13:01:22.8926+00	763
8	2	POOL/funded-2	pool.funded	1	2024-01-02	20241	\N	\N	office	2026-11-24 13:01:22.892606+00	763
13	4	SL2023-00003/repaid-2	loan.repaid	2	2024-01-15	20241	\N	\N	office	2026-11-24 13:01:22.892608+00	763
15	5	SL2023-00002/repaid-1	loan.repaid	2	2024-03-05	20241	\N	\N	office	2026-11-24 13:01:22.892611+00	763
17	6	SL2023-00003:G/released	guarantee.released	1	2024-01-15	20241	\N	\N	office	2026-11-24 13:01:22.892613+00	763
17	7	SL2024-00001:G/issued	guarantee.issued	1	2024-03-18	20241	\N	\N	office	2026-11-24 13:01:22.892616+00	763
17	8	SL2024-00001:G/fee_charged	guarantee.fee_charged	1	2024-03-18	20241	\N	\N	office	2026-11-24 13:01:22.892618+00	763
17	9	SL2024-00001:R/fee_charged	reguarantee.fee_charged	1	2024-03-18	20241	\N	\N	office	2026-11-24 13:01:22.89262+00	763
18	3	SL2024-00001/disbursed	loan.disbursed	1	2024-03-18	20241	\N	\N	office	2026-11-24 13:01:22.892623+00	763
6	18	settle/2024Q1/2024-04-01/霁川融资担保/松澜省再担保/CNY	settlement.paid	1	2024-04-01	20242	\N	\N	office	2026-11-24 13:01:22.930235+00	764
17	10	settle/2024Q1/2024-04-01/霁川融资担保/松澜省再担保/CNY	settlement.paid	1	2024-04-01	20242	\N	\N	office	2026-11-24 13:01:22.930258+00	764
1	5	FUND-2/capital_called-3	fund.capital_called	2	2024-04-10	20242	\N	\N	office	2026-11-24 13:01:22.964094+00	765
2	13	SL2024-00002:G/issued	guarantee.issued	1	2024-04-23	20242	\N	\N	office	2026-11-24 13:01:22.964115+00	765
2	14	SL2024-00002:G/fee_charged	guarantee.fee_charged	1	2024-04-23	20242	\N	\N	office	2026-11-24 13:01:22.964119+00	765
2	15	SL2024-00002:R/fee_charged	reguarantee.fee_charged	1	2024-04-23	20242	\N	\N	office	2026-11-24 13:01:22.964122+00	765
6	19	SL2024-00002:R/issued	reguarantee.issued	1	2024-04-23	20242	\N	\N	office	2026-11-24 13:01:22.964125+00	765
6	20	SL2024-00002:R/fee_charged	reguarantee.fee_charged	1	2024-04-23	20242	\N	\N	office	2026-11-24 13:01:22.964127+00	765
9	13	FUND-1/capital_called-3	fund.capital_called	2	2024-04-10	20242	\N	\N	office	2026-11-24 13:01:22.96413+00	765
9	14	FUND-2/capital_called-3	fund.capital_called	2	2024-04-10	20242	\N	\N	office	2026-11-24 13:01:22.964132+00	765
9	15	FUND-3/capital_called-3	fund.capital_called	2	2024-04-10	20242	\N	\N	office	2026-11-24 13:01:22.964135+00	765
11	5	FUND-1/capital_called-3	fund.capital_called	2	2024-04-10	20242	\N	\N	office	2026-11-24 13:01:22.964138+00	765
12	2	SL2024-00002/disbursed	loan.disbursed	1	2024-04-23	20242	\N	\N	office	2026-11-24 13:01:22.96414+00	765
16	5	FUND-3/capital_called-3	fund.capital_called	2	2024-04-10	20242	\N	\N	office	2026-11-24 13:01:22.964143+00	765
1	6	settle/2024Q2/2024-07-01/云杉产业投资/松澜科创引导基金/CNY	settlement.paid	1	2024-07-01	20243	\N	\N	office	2026-11-24 13:01:22.99595+00	766
2	16	settle/2024Q2/2024-07-01/云杉融资担保/松澜省再担保/CNY	settlement.paid	1	2024-07-01	20243	\N	\N	office	2026-11-24 13:01:22.995977+00	766
6	21	settle/2024Q2/2024-07-01/云杉融资担保/松澜省再担保/CNY	settlement.paid	1	2024-07-01	20243	\N	\N	office	2026-11-24 13:01:22.995981+00	766
9	16	settle/2024Q2/2024-07-01/云杉产业投资/松澜科创引导基金/CNY	settlement.paid	1	2024-07-01	20243	\N	\N	office	2026-11-24 13:01:22.995984+00	766
9	17	settle/2024Q2/2024-07-01/松澜财政出资平台/松澜科创引导基金/CNY	settlement.paid	1	2024-07-01	20243	\N	\N	office	2026-11-24 13:01:22.995988+00	766
9	18	settle/2024Q2/2024-07-01/霁川创业投资/松澜科创引导基金/CNY	settlement.paid	1	2024-07-01	20243	\N	\N	office	2026-11-24 13:01:22.99599+00	766
11	6	settle/2024Q2/2024-07-01/松澜财政出资平台/松澜科创引导基金/CNY	settlement.paid	1	2024-07-01	20243	\N	\N	office	2026-11-24 13:01:22.995993+00	766
16	6	settle/2024Q2/2024-07-01/霁川创业投资/松澜科创引导基金/CNY	settlement.paid	1	2024-07-01	20243	\N	\N	office	2026-11-24 13:01:22.996036+00	766
5	2	SL2024-00003/disbursed	loan.disbursed	1	2024-07-05	20243	\N	\N	office	2026-11-24 13:01:23.034746+00	767
6	22	SL2024-00003:R/issued	reguarantee.issued	1	2024-07-05	20243	\N	\N	office	2026-11-24 13:01:23.034769+00	767
6	23	SL2024-00003:R/fee_charged	reguarantee.fee_charged	1	2024-07-05	20243	\N	\N	office	2026-11-24 13:01:23.034773+00	767
6	24	SL2023-00004:R/released	reguarantee.released	1	2024-08-08	20243	\N	\N	office	2026-11-24 13:01:23.034775+00	767
10	6	SL2024-00003:G/issued	guarantee.issued	1	2024-07-05	20243	\N	\N	office	2026-11-24 13:01:23.034779+00	767
10	7	SL2024-00003:G/fee_charged	guarantee.fee_charged	1	2024-07-05	20243	\N	\N	office	2026-11-24 13:01:23.034781+00	767
10	8	SL2024-00003:R/fee_charged	reguarantee.fee_charged	1	2024-07-05	20243	\N	\N	office	2026-11-24 13:01:23.034784+00	767
10	9	SL2023-00004:G/released	guarantee.released	1	2024-08-08	20243	\N	\N	office	2026-11-24 13:01:23.034787+00	767
18	4	SL2023-00004/repaid-1	loan.repaid	2	2024-08-08	20243	\N	\N	office	2026-11-24 13:01:23.034789+00	767
7	7	2024Q3/example-fee-reduction/SL2024-00003:G/fee_reduction	fee_reduction.granted	1	2024-09-30	20243	\N	\N	office	2026-11-24 13:01:23.078794+00	768
10	10	2024Q3/example-fee-reduction/SL2024-00003:G/fee_reduction	fee_reduction.granted	1	2024-09-30	20243	\N	\N	office	2026-11-24 13:01:23.078817+00	768
6	25	settle/2024Q3/2024-10-01/松澜科技融资担保/松澜省再担保/CNY	settlement.paid	1	2024-10-01	20244	\N	\N	office	2026-11-24 13:01:23.114158+00	768
7	8	settle/2024Q3/2024-10-01/松澜省财政厅/松澜科技融资担保/CNY	settlement.paid	1	2024-10-01	20244	\N	\N	office	2026-11-24 13:01:23.114186+00	768
10	11	settle/2024Q3/2024-10-01/松澜科技融资担保/松澜省再担保/CNY	settlement.paid	1	2024-10-01	20244	\N	\N	office	2026-11-24 13:01:23.114191+00	768
10	12	settle/2024Q3/2024-10-01/松澜省财政厅/松澜科技融资担保/CNY	settlement.paid	1	2024-10-01	20244	\N	\N	office	2026-11-24 13:01:23.114194+00	768
5	3	SL2024-00003/repaid-1	loan.repaid	2	2024-10-03	20244	\N	\N	office	2026-11-24 13:01:23.159106+00	769
9	19	FUND-1/revalued-4	fund.revalued	1	2024-12-20	20244	\N	\N	office	2026-11-24 13:01:23.159133+00	769
9	20	FUND-2/revalued-4	fund.revalued	1	2024-12-20	20244	\N	\N	office	2026-11-24 13:01:23.159138+00	769
9	21	FUND-3/revalued-4	fund.revalued	1	2024-12-20	20244	\N	\N	office	2026-11-24 13:01:23.159141+00	769
4	5	2024Q4/example-premium-subsidy/PX-0001/premium	premium.subsidised	1	2024-12-31	20244	\N	\N	office	2026-11-24 13:01:23.200514+00	770
7	9	2024Q4/example-premium-subsidy/PX-0001/premium	premium.subsidised	1	2024-12-31	20244	\N	\N	office	2026-11-24 13:01:23.200554+00	770
4	6	settle/2024Q4/2025-01-01/松澜省财政厅/岚江财产保险/CNY	settlement.paid	1	2025-01-01	20251	\N	\N	office	2026-11-24 13:01:23.233268+00	770
7	10	settle/2024Q4/2025-01-01/松澜省财政厅/岚江财产保险/CNY	settlement.paid	1	2025-01-01	20251	\N	\N	office	2026-11-24 13:01:23.233291+00	770
2	17	SL2025-00001:G/issued	guarantee.issued	1	2025-03-01	20251	\N	\N	office	2026-11-24 13:01:23.293018+00	771
2	18	SL2025-00001:G/fee_charged	guarantee.fee_charged	1	2025-03-01	20251	\N	\N	office	2026-11-24 13:01:23.293053+00	771
2	19	SL2025-00001:R/fee_charged	reguarantee.fee_charged	1	2025-03-01	20251	\N	\N	office	2026-11-24 13:01:23.293057+00	771
2	20	SL2025-00002:G/issued	guarantee.issued	1	2025-03-20	20251	\N	\N	office	2026-11-24 13:01:23.29306+00	771
2	21	SL2025-00002:G/fee_charged	guarantee.fee_charged	1	2025-03-20	20251	\N	\N	office	2026-11-24 13:01:23.293063+00	771
2	22	SL2025-00002:R/fee_charged	reguarantee.fee_charged	1	2025-03-20	20251	\N	\N	office	2026-11-24 13:01:23.293066+00	771
4	7	PX-0001/premium_paid-2	insurance.premium_paid	1	2025-02-20	20251	\N	\N	office	2026-11-24 13:01:23.293068+00	771
4	8	SL2025-00002:I/policy_issued	insurance.policy_issued	1	2025-03-11	20251	\N	\N	office	2026-11-24 13:01:23.293071+00	771
4	9	SL2025-00002:I/premium_charged	insurance.premium_charged	1	2025-03-11	20251	\N	\N	office	2026-11-24 13:01:23.293074+00	771
4	10	SL2025-00002:I/premium_paid	insurance.premium_paid	1	2025-03-20	20251	\N	\N	office	2026-11-24 13:01:23.293076+00	771
5	4	SL2024-00003/repaid-2	loan.repaid	2	2025-01-01	20251	\N	\N	office	2026-11-24 13:01:23.293079+00	771
6	26	SL2024-00003:R/released	reguarantee.released	1	2025-01-01	20251	\N	\N	office	2026-11-24 13:01:23.293081+00	771
6	27	SL2025-00001:R/issued	reguarantee.issued	1	2025-03-01	20251	\N	\N	office	2026-11-24 13:01:23.293084+00	771
6	28	SL2025-00001:R/fee_charged	reguarantee.fee_charged	1	2025-03-01	20251	\N	\N	office	2026-11-24 13:01:23.293086+00	771
6	29	SL2025-00002:R/issued	reguarantee.issued	1	2025-03-20	20251	\N	\N	office	2026-11-24 13:01:23.293089+00	771
6	30	SL2025-00002:R/fee_charged	reguarantee.fee_charged	1	2025-03-20	20251	\N	\N	office	2026-11-24 13:01:23.293244+00	771
7	11	BUDGET-PREMIUMS/appropriated-3	budget.appropriated	1	2025-01-02	20251	\N	\N	office	2026-11-24 13:01:23.293253+00	771
7	12	BUDGET-FEES/appropriated-3	budget.appropriated	1	2025-01-02	20251	\N	\N	office	2026-11-24 13:01:23.293256+00	771
8	3	POOL/funded-3	pool.funded	1	2025-01-02	20251	\N	\N	office	2026-11-24 13:01:23.293259+00	771
10	13	SL2024-00003:G/released	guarantee.released	1	2025-01-01	20251	\N	\N	office	2026-11-24 13:01:23.293262+00	771
12	3	SL2025-00001/disbursed	loan.disbursed	1	2025-03-01	20251	\N	\N	office	2026-11-24 13:01:23.293264+00	771
14	2	SL2025-00001:I/policy_issued	insurance.policy_issued	1	2025-02-18	20251	\N	\N	office	2026-11-24 13:01:23.293267+00	771
14	3	SL2025-00001:I/premium_charged	insurance.premium_charged	1	2025-02-18	20251	\N	\N	office	2026-11-24 13:01:23.293269+00	771
14	4	SL2025-00001:I/premium_paid	insurance.premium_paid	1	2025-02-27	20251	\N	\N	office	2026-11-24 13:01:23.293272+00	771
18	5	SL2025-00002/disbursed	loan.disbursed	1	2025-03-20	20251	\N	\N	office	2026-11-24 13:01:23.293274+00	771
2	23	2025Q1/example-fee-reduction/SL2025-00002:G/fee_reduction	fee_reduction.granted	1	2025-03-31	20251	\N	\N	office	2026-11-24 13:01:23.335198+00	772
7	13	2025Q1/example-fee-reduction/SL2025-00002:G/fee_reduction	fee_reduction.granted	1	2025-03-31	20251	\N	\N	office	2026-11-24 13:01:23.335223+00	772
2	24	settle/2025Q1/2025-04-01/云杉融资担保/松澜省再担保/CNY	settlement.paid	1	2025-04-01	20252	\N	\N	office	2026-11-24 13:01:23.366072+00	772
2	25	settle/2025Q1/2025-04-01/松澜省财政厅/云杉融资担保/CNY	settlement.paid	1	2025-04-01	20252	\N	\N	office	2026-11-24 13:01:23.366102+00	772
6	31	settle/2025Q1/2025-04-01/云杉融资担保/松澜省再担保/CNY	settlement.paid	1	2025-04-01	20252	\N	\N	office	2026-11-24 13:01:23.366106+00	772
7	14	settle/2025Q1/2025-04-01/松澜省财政厅/云杉融资担保/CNY	settlement.paid	1	2025-04-01	20252	\N	\N	office	2026-11-24 13:01:23.366113+00	772
6	32	SL2025-00003:R/issued	reguarantee.issued	1	2025-06-10	20252	\N	\N	office	2026-11-24 13:01:23.421975+00	773
6	33	SL2025-00003:R/fee_charged	reguarantee.fee_charged	1	2025-06-10	20252	\N	\N	office	2026-11-24 13:01:23.422+00	773
12	4	SL2024-00002/repaid-1	loan.repaid	2	2025-04-23	20252	\N	\N	office	2026-11-24 13:01:23.422004+00	773
12	5	SL2025-00003/disbursed	loan.disbursed	1	2025-06-10	20252	\N	\N	office	2026-11-24 13:01:23.422009+00	773
17	11	SL2025-00003:G/issued	guarantee.issued	1	2025-06-10	20252	\N	\N	office	2026-11-24 13:01:23.422012+00	773
17	12	SL2025-00003:G/fee_charged	guarantee.fee_charged	1	2025-06-10	20252	\N	\N	office	2026-11-24 13:01:23.422081+00	773
17	13	SL2025-00003:R/fee_charged	reguarantee.fee_charged	1	2025-06-10	20252	\N	\N	office	2026-11-24 13:01:23.422086+00	773
7	15	2025Q2/example-fee-reduction/SL2025-00003:G/fee_reduction	fee_reduction.granted	1	2025-06-30	20252	\N	\N	office	2026-11-24 13:01:23.454088+00	774
17	14	2025Q2/example-fee-reduction/SL2025-00003:G/fee_reduction	fee_reduction.granted	1	2025-06-30	20252	\N	\N	office	2026-11-24 13:01:23.45412+00	774
6	34	settle/2025Q2/2025-07-01/霁川融资担保/松澜省再担保/CNY	settlement.paid	1	2025-07-01	20253	\N	\N	office	2026-11-24 13:01:23.480227+00	774
7	16	settle/2025Q2/2025-07-01/松澜省财政厅/霁川融资担保/CNY	settlement.paid	1	2025-07-01	20253	\N	\N	office	2026-11-24 13:01:23.480259+00	774
17	15	settle/2025Q2/2025-07-01/霁川融资担保/松澜省再担保/CNY	settlement.paid	1	2025-07-01	20253	\N	\N	office	2026-11-24 13:01:23.480264+00	774
17	16	settle/2025Q2/2025-07-01/松澜省财政厅/霁川融资担保/CNY	settlement.paid	1	2025-07-01	20253	\N	\N	office	2026-11-24 13:01:23.480269+00	774
1	7	FUND-2/distributed-5	fund.distributed	1	2025-09-05	20253	\N	\N	office	2026-11-24 13:01:23.514469+00	775
4	11	SL2025-00005:I/policy_issued	insurance.policy_issued	1	2025-09-28	20253	\N	\N	office	2026-11-24 13:01:23.514497+00	775
4	12	SL2025-00005:I/premium_charged	insurance.premium_charged	1	2025-09-28	20253	\N	\N	office	2026-11-24 13:01:23.514503+00	775
6	35	SL2025-00004:R/issued	reguarantee.issued	1	2025-07-04	20253	\N	\N	office	2026-11-24 13:01:23.514509+00	775
6	36	SL2025-00004:R/fee_charged	reguarantee.fee_charged	1	2025-07-04	20253	\N	\N	office	2026-11-24 13:01:23.514512+00	775
9	22	FUND-1/distributed-5	fund.distributed	1	2025-09-05	20253	\N	\N	office	2026-11-24 13:01:23.514515+00	775
9	23	FUND-2/distributed-5	fund.distributed	1	2025-09-05	20253	\N	\N	office	2026-11-24 13:01:23.514518+00	775
9	24	FUND-3/distributed-5	fund.distributed	1	2025-09-05	20253	\N	\N	office	2026-11-24 13:01:23.514521+00	775
11	7	FUND-1/distributed-5	fund.distributed	1	2025-09-05	20253	\N	\N	office	2026-11-24 13:01:23.514524+00	775
12	6	SL2025-00004/disbursed	loan.disbursed	1	2025-07-04	20253	\N	\N	office	2026-11-24 13:01:23.514526+00	775
12	7	SL2025-00001/repaid-1	loan.repaid	2	2025-08-30	20253	\N	\N	office	2026-11-24 13:01:23.514529+00	775
14	5	SL2025-00004:I/policy_issued	insurance.policy_issued	1	2025-07-03	20253	\N	\N	office	2026-11-24 13:01:23.514532+00	775
14	6	SL2025-00004:I/premium_charged	insurance.premium_charged	1	2025-07-03	20253	\N	\N	office	2026-11-24 13:01:23.514535+00	775
14	7	SL2025-00004:I/premium_paid	insurance.premium_paid	1	2025-07-12	20253	\N	\N	office	2026-11-24 13:01:23.514537+00	775
16	7	FUND-3/distributed-5	fund.distributed	1	2025-09-05	20253	\N	\N	office	2026-11-24 13:01:23.51454+00	775
17	17	SL2025-00004:G/issued	guarantee.issued	1	2025-07-04	20253	\N	\N	office	2026-11-24 13:01:23.514542+00	775
17	18	SL2025-00004:G/fee_charged	guarantee.fee_charged	1	2025-07-04	20253	\N	\N	office	2026-11-24 13:01:23.514547+00	775
17	19	SL2025-00004:R/fee_charged	reguarantee.fee_charged	1	2025-07-04	20253	\N	\N	office	2026-11-24 13:01:23.51455+00	775
1	8	settle/2025Q3/2025-10-01/松澜科创引导基金/云杉产业投资/CNY	settlement.paid	1	2025-10-01	20254	\N	\N	office	2026-11-24 13:01:23.55405+00	776
6	37	settle/2025Q3/2025-10-01/霁川融资担保/松澜省再担保/CNY	settlement.paid	1	2025-10-01	20254	\N	\N	office	2026-11-24 13:01:23.554085+00	776
9	25	settle/2025Q3/2025-10-01/松澜科创引导基金/云杉产业投资/CNY	settlement.paid	1	2025-10-01	20254	\N	\N	office	2026-11-24 13:01:23.554089+00	776
9	26	settle/2025Q3/2025-10-01/松澜科创引导基金/松澜财政出资平台/CNY	settlement.paid	1	2025-10-01	20254	\N	\N	office	2026-11-24 13:01:23.554093+00	776
9	27	settle/2025Q3/2025-10-01/松澜科创引导基金/霁川创业投资/CNY	settlement.paid	1	2025-10-01	20254	\N	\N	office	2026-11-24 13:01:23.554096+00	776
11	8	settle/2025Q3/2025-10-01/松澜科创引导基金/松澜财政出资平台/CNY	settlement.paid	1	2025-10-01	20254	\N	\N	office	2026-11-24 13:01:23.554098+00	776
16	8	settle/2025Q3/2025-10-01/松澜科创引导基金/霁川创业投资/CNY	settlement.paid	1	2025-10-01	20254	\N	\N	office	2026-11-24 13:01:23.554101+00	776
17	20	settle/2025Q3/2025-10-01/霁川融资担保/松澜省再担保/CNY	settlement.paid	1	2025-10-01	20254	\N	\N	office	2026-11-24 13:01:23.554104+00	776
2	26	SL2025-00005:G/issued	guarantee.issued	1	2025-10-09	20254	\N	\N	office	2026-11-24 13:01:23.590039+00	777
2	27	SL2025-00005:G/fee_charged	guarantee.fee_charged	1	2025-10-09	20254	\N	\N	office	2026-11-24 13:01:23.590069+00	777
2	28	SL2025-00005:R/fee_charged	reguarantee.fee_charged	1	2025-10-09	20254	\N	\N	office	2026-11-24 13:01:23.590073+00	777
4	13	SL2025-00005:I/premium_paid	insurance.premium_paid	1	2025-10-07	20254	\N	\N	office	2026-11-24 13:01:23.590077+00	777
6	38	SL2025-00005:R/issued	reguarantee.issued	1	2025-10-09	20254	\N	\N	office	2026-11-24 13:01:23.59008+00	777
6	39	SL2025-00005:R/fee_charged	reguarantee.fee_charged	1	2025-10-09	20254	\N	\N	office	2026-11-24 13:01:23.590083+00	777
9	28	FUND-1/revalued-6	fund.revalued	1	2025-12-20	20254	\N	\N	office	2026-11-24 13:01:23.590086+00	777
9	29	FUND-2/revalued-6	fund.revalued	1	2025-12-20	20254	\N	\N	office	2026-11-24 13:01:23.590091+00	777
9	30	FUND-3/revalued-6	fund.revalued	1	2025-12-20	20254	\N	\N	office	2026-11-24 13:01:23.590094+00	777
13	5	SL2025-00005/disbursed	loan.disbursed	1	2025-10-09	20254	\N	\N	office	2026-11-24 13:01:23.590096+00	777
4	14	2025Q4/example-premium-subsidy/SL2025-00002:I/premium	premium.subsidised	1	2025-12-31	20254	\N	\N	office	2026-11-24 13:01:23.628324+00	778
4	15	2025Q4/example-premium-subsidy/SL2025-00005:I/premium	premium.subsidised	1	2025-12-31	20254	\N	\N	office	2026-11-24 13:01:23.628354+00	778
7	17	2025Q4/example-premium-subsidy/SL2025-00001:I/premium	premium.subsidised	1	2025-12-31	20254	\N	\N	office	2026-11-24 13:01:23.628358+00	778
7	18	2025Q4/example-premium-subsidy/SL2025-00002:I/premium	premium.subsidised	1	2025-12-31	20254	\N	\N	office	2026-11-24 13:01:23.628362+00	778
7	19	2025Q4/example-premium-subsidy/SL2025-00004:I/premium	premium.subsidised	1	2025-12-31	20254	\N	\N	office	2026-11-24 13:01:23.628366+00	778
7	20	2025Q4/example-premium-subsidy/SL2025-00005:I/premium	premium.subsidised	1	2025-12-31	20254	\N	\N	office	2026-11-24 13:01:23.628369+00	778
14	8	2025Q4/example-premium-subsidy/SL2025-00001:I/premium	premium.subsidised	1	2025-12-31	20254	\N	\N	office	2026-11-24 13:01:23.628457+00	778
14	9	2025Q4/example-premium-subsidy/SL2025-00004:I/premium	premium.subsidised	1	2025-12-31	20254	\N	\N	office	2026-11-24 13:01:23.628463+00	778
2	29	settle/2025Q4/2026-01-01/云杉融资担保/松澜省再担保/CNY	settlement.paid	1	2026-01-01	20261	\N	\N	office	2026-11-24 13:01:23.670683+00	778
4	16	settle/2025Q4/2026-01-01/松澜省财政厅/岚江财产保险/CNY	settlement.paid	1	2026-01-01	20261	\N	\N	office	2026-11-24 13:01:23.670713+00	778
6	40	settle/2025Q4/2026-01-01/云杉融资担保/松澜省再担保/CNY	settlement.paid	1	2026-01-01	20261	\N	\N	office	2026-11-24 13:01:23.670718+00	778
7	21	settle/2025Q4/2026-01-01/松澜省财政厅/岚江财产保险/CNY	settlement.paid	1	2026-01-01	20261	\N	\N	office	2026-11-24 13:01:23.670721+00	778
7	22	settle/2025Q4/2026-01-01/松澜省财政厅/镜泽财产保险/CNY	settlement.paid	1	2026-01-01	20261	\N	\N	office	2026-11-24 13:01:23.670724+00	778
14	10	settle/2025Q4/2026-01-01/松澜省财政厅/镜泽财产保险/CNY	settlement.paid	1	2026-01-01	20261	\N	\N	office	2026-11-24 13:01:23.670727+00	778
19	1	valley-1	budget.appropriated	1	2026-12-03	20264	\N	\N	office	2026-11-24 13:01:24.442812+00	780
19	2	valley-4	party.funded	1	2026-12-03	20264	\N	\N	office	2026-11-24 13:01:24.442982+00	780
20	1	valley-3	guarantee.lent	1	2026-12-03	20264	2024-02-29	\N	office	2026-11-24 13:01:24.442988+00	780
20	2	valley-4	party.funded	2	2026-12-03	20264	\N	\N	office	2026-11-24 13:01:24.442993+00	780
21	1	valley-3	guarantee.lent	1	2026-12-03	20264	2024-02-29	\N	office	2026-11-24 13:01:24.442997+00	780
\.

COPY ledger.obligation (obligation_id, event_id, debtor_book_id, creditor_book_id, currency, amount, due_on) FROM stdin;
908ac044-b8ef-eeb7-3088-daa0633b1bca	SL2023-00001:R/fee_charged	2	6	CNY	72887	2023-01-16
23fd8f4f-bc39-157b-09a2-4803d88c3420	SL2023-00002:R/fee_charged	2	6	CNY	859200	2023-03-06
5cca8d37-be94-790c-5400-6a2a4e937b79	FUND-1/capital_called-1	11	9	CNY	240000000	2023-03-15
d94a6be6-17e9-30cb-ca6f-118bac00e0b0	FUND-2/capital_called-1	1	9	CNY	150000000	2023-03-15
3f3dd03b-9840-5fe2-a30e-90646b422711	FUND-3/capital_called-1	16	9	CNY	90000000	2023-03-15
10701263-eae7-2081-0b00-80c45bae6bd5	2023Q1/example-fee-reduction/SL2023-00002:G/fee_reduction	7	2	CNY	2000000	2023-03-31
1d3f6662-9e8d-7ae4-8dcc-dca3a8146729	SL2023-00003:R/fee_charged	17	6	CNY	124984	2023-07-19
15c1d758-94ac-eb92-e886-d413ab37adc4	SL2023-00004:R/fee_charged	10	6	CNY	921600	2023-08-09
bdf62a42-25a8-8bcd-5bfa-a7e78e22f8e7	SL2024-00001:R/fee_charged	17	6	CNY	1944000	2024-03-18
621ee219-b5bb-d864-2b02-29ae22ee16a0	FUND-1/capital_called-3	11	9	CNY	320000000	2024-04-10
f8277412-c05e-d8a5-1032-d3736f159f35	FUND-2/capital_called-3	1	9	CNY	200000000	2024-04-10
a02ab628-79e6-76e1-8966-cb2e545b1b31	FUND-3/capital_called-3	16	9	CNY	120000000	2024-04-10
bb2b41a6-ed1b-cedf-d99d-1ff3a8ff22e0	SL2024-00002:R/fee_charged	2	6	CNY	2488320	2024-04-23
abab0aab-5f2b-df15-9d66-aeaff19adf84	SL2024-00003:R/fee_charged	10	6	CNY	192659	2024-07-05
b93c8ade-b542-6eb3-1c1f-429f218d58e3	2024Q3/example-fee-reduction/SL2024-00003:G/fee_reduction	7	10	CNY	240823	2024-09-30
e4750110-e1d2-c65e-f7a2-430ea0b2f7f1	2024Q4/example-premium-subsidy/PX-0001/premium	7	4	CNY	17000000	2024-12-31
58e4e974-a8f1-955c-d3dc-c86424db43b0	SL2025-00001:R/fee_charged	2	6	CNY	1440000	2025-03-01
13c0cf30-5909-0493-25c2-4ea5fbd1800b	SL2025-00002:R/fee_charged	2	6	CNY	773760	2025-03-20
32675b84-d532-f4b7-54f3-40e98ba820be	2025Q1/example-fee-reduction/SL2025-00002:G/fee_reduction	7	2	CNY	967200	2025-03-31
0ad9cfa0-7e89-952b-1526-a2328f826263	SL2025-00003:R/fee_charged	17	6	CNY	424000	2025-06-10
4236cfd0-cf5d-a3d9-e987-7cc210089aa2	2025Q2/example-fee-reduction/SL2025-00003:G/fee_reduction	7	17	CNY	1032800	2025-06-30
a257531f-7e25-1320-d819-80c64aecd854	SL2025-00004:R/fee_charged	17	6	CNY	75200	2025-07-04
fc0974ec-33d5-4dc2-c22e-eb67dbe27cf4	FUND-1/distributed-5	9	11	CNY	200000000	2025-09-05
900e6f9c-7d67-e5d6-edac-b614a99e05c1	FUND-2/distributed-5	9	1	CNY	125000000	2025-09-05
100bab7e-118a-af71-56dd-d746d8962bd8	FUND-3/distributed-5	9	16	CNY	75000000	2025-09-05
c6f92b88-4689-bede-5ab1-043e9b4e7eed	SL2025-00005:R/fee_charged	2	6	CNY	775680	2025-10-09
4b8f2257-52ee-8184-f8e4-6068eee6b847	2025Q4/example-premium-subsidy/SL2025-00001:I/premium	7	14	CNY	1940923	2025-12-31
0860d8ce-1859-67c7-97b6-4d51abce9cd4	2025Q4/example-premium-subsidy/SL2025-00002:I/premium	7	4	CNY	1564384	2025-12-31
5e2c354b-cca8-1b8c-846d-a800f8fbb01a	2025Q4/example-premium-subsidy/SL2025-00004:I/premium	7	14	CNY	102626	2025-12-31
b1a81109-4328-98b8-c3f3-9cac062fafa7	2025Q4/example-premium-subsidy/SL2025-00005:I/premium	7	4	CNY	392067	2025-12-31
6f1b0c5e-0d0e-4a55-9c0b-1f2e3d4c5b6a	valley-3	21	20	CNY	120000	2026-12-03
\.

COPY ledger.period (book_id, period_id, state, closed_by, closed_at) FROM stdin;
1	20231	closed	office	2026-11-24 13:01:22.673196+00
2	20231	closed	office	2026-11-24 13:01:22.673309+00
3	20231	closed	office	2026-11-24 13:01:22.673314+00
4	20231	closed	office	2026-11-24 13:01:22.673316+00
5	20231	closed	office	2026-11-24 13:01:22.673318+00
6	20231	closed	office	2026-11-24 13:01:22.67332+00
7	20231	closed	office	2026-11-24 13:01:22.673321+00
8	20231	closed	office	2026-11-24 13:01:22.673323+00
9	20231	closed	office	2026-11-24 13:01:22.673325+00
10	20231	closed	office	2026-11-24 13:01:22.673326+00
11	20231	closed	office	2026-11-24 13:01:22.673328+00
12	20231	closed	office	2026-11-24 13:01:22.673329+00
13	20231	closed	office	2026-11-24 13:01:22.673331+00
14	20231	closed	office	2026-11-24 13:01:22.673333+00
15	20231	closed	office	2026-11-24 13:01:22.673334+00
16	20231	closed	office	2026-11-24 13:01:22.673335+00
17	20231	closed	office	2026-11-24 13:01:22.673337+00
18	20231	closed	office	2026-11-24 13:01:22.673339+00
1	20232	closed	office	2026-11-24 13:01:22.735281+00
2	20232	closed	office	2026-11-24 13:01:22.73532+00
3	20232	closed	office	2026-11-24 13:01:22.735323+00
4	20232	closed	office	2026-11-24 13:01:22.735325+00
5	20232	closed	office	2026-11-24 13:01:22.735327+00
6	20232	closed	office	2026-11-24 13:01:22.735329+00
7	20232	closed	office	2026-11-24 13:01:22.73533+00
8	20232	closed	office	2026-11-24 13:01:22.735332+00
9	20232	closed	office	2026-11-24 13:01:22.735334+00
10	20232	closed	office	2026-11-24 13:01:22.735335+00
11	20232	closed	office	2026-11-24 13:01:22.735337+00
12	20232	closed	office	2026-11-24 13:01:22.735339+00
13	20232	closed	office	2026-11-24 13:01:22.73534+00
14	20232	closed	office	2026-11-24 13:01:22.735342+00
15	20232	closed	office	2026-11-24 13:01:22.735344+00
16	20232	closed	office	2026-11-24 13:01:22.735345+00
17	20232	closed	office	2026-11-24 13:01:22.735347+00
18	20232	closed	office	2026-11-24 13:01:22.735349+00
1	20233	closed	office	2026-11-24 13:01:22.811024+00
2	20233	closed	office	2026-11-24 13:01:22.811062+00
3	20233	closed	office	2026-11-24 13:01:22.811065+00
4	20233	closed	office	2026-11-24 13:01:22.811067+00
5	20233	closed	office	2026-11-24 13:01:22.811069+00
6	20233	closed	office	2026-11-24 13:01:22.811071+00
7	20233	closed	office	2026-11-24 13:01:22.811073+00
8	20233	closed	office	2026-11-24 13:01:22.811074+00
9	20233	closed	office	2026-11-24 13:01:22.811076+00
10	20233	closed	office	2026-11-24 13:01:22.811078+00
11	20233	closed	office	2026-11-24 13:01:22.811079+00
12	20233	closed	office	2026-11-24 13:01:22.811081+00
13	20233	closed	office	2026-11-24 13:01:22.811082+00
14	20233	closed	office	2026-11-24 13:01:22.811084+00
15	20233	closed	office	2026-11-24 13:01:22.811086+00
16	20233	closed	office	2026-11-24 13:01:22.811087+00
17	20233	closed	office	2026-11-24 13:01:22.811089+00
18	20233	closed	office	2026-11-24 13:01:22.811098+00
1	20234	closed	office	2026-11-24 13:01:22.873701+00
2	20234	closed	office	2026-11-24 13:01:22.873735+00
3	20234	closed	office	2026-11-24 13:01:22.873738+00
4	20234	closed	office	2026-11-24 13:01:22.87374+00
5	20234	closed	office	2026-11-24 13:01:22.873742+00
6	20234	closed	office	2026-11-24 13:01:22.873744+00
7	20234	closed	office	2026-11-24 13:01:22.873746+00
8	20234	closed	office	2026-11-24 13:01:22.873747+00
9	20234	closed	office	2026-11-24 13:01:22.873749+00
10	20234	closed	office	2026-11-24 13:01:22.873751+00
11	20234	closed	office	2026-11-24 13:01:22.873752+00
12	20234	closed	office	2026-11-24 13:01:22.873754+00
13	20234	closed	office	2026-11-24 13:01:22.873756+00
14	20234	closed	office	2026-11-24 13:01:22.873757+00
15	20234	closed	office	2026-11-24 13:01:22.873759+00
16	20234	closed	office	2026-11-24 13:01:22.873761+00
17	20234	closed	office	2026-11-24 13:01:22.873763+00
18	20234	closed	office	2026-11-24 13:01:22.873764+00
1	20241	closed	office	2026-11-24 13:01:22.926054+00
2	20241	closed	office	2026-11-24 13:01:22.926091+00
3	20241	closed	office	2026-11-24 13:01:22.926094+00
4	20241	closed	office	2026-11-24 13:01:22.926097+00
5	20241	closed	office	2026-11-24 13:01:22.926099+00
6	20241	closed	office	2026-11-24 13:01:22.9261+00
7	20241	closed	office	2026-11-24 13:01:22.926102+00
8	20241	closed	office	2026-11-24 13:01:22.926104+00
9	20241	closed	office	2026-11-24 13:01:22.926105+00
10	20241	closed	office	2026-11-24 13:01:22.926107+00
11	20241	closed	office	2026-11-24 13:01:22.926109+00
12	20241	closed	office	2026-11-24 13:01:22.92611+00
13	20241	closed	office	2026-11-24 13:01:22.926112+00
14	20241	closed	office	2026-11-24 13:01:22.926114+00
15	20241	closed	office	2026-11-24 13:01:22.926115+00
16	20241	closed	office	2026-11-24 13:01:22.926117+00
17	20241	closed	office	2026-11-24 13:01:22.926118+00
18	20241	closed	office	2026-11-24 13:01:22.92612+00
1	20242	closed	office	2026-11-24 13:01:22.987394+00
2	20242	closed	office	2026-11-24 13:01:22.987433+00
3	20242	closed	office	2026-11-24 13:01:22.987437+00
4	20242	closed	office	2026-11-24 13:01:22.987439+00
5	20242	closed	office	2026-11-24 13:01:22.987441+00
6	20242	closed	office	2026-11-24 13:01:22.987443+00
7	20242	closed	office	2026-11-24 13:01:22.987445+00
8	20242	closed	office	2026-11-24 13:01:22.987447+00
9	20242	closed	office	2026-11-24 13:01:22.987448+00
10	20242	closed	office	2026-11-24 13:01:22.98745+00
11	20242	closed	office	2026-11-24 13:01:22.987452+00
12	20242	closed	office	2026-11-24 13:01:22.987454+00
13	20242	closed	office	2026-11-24 13:01:22.987455+00
14	20242	closed	office	2026-11-24 13:01:22.987457+00
15	20242	closed	office	2026-11-24 13:01:22.987459+00
16	20242	closed	office	2026-11-24 13:01:22.98746+00
17	20242	closed	office	2026-11-24 13:01:22.987462+00
18	20242	closed	office	2026-11-24 13:01:22.987463+00
1	20243	closed	office	2026-11-24 13:01:23.082744+00
2	20243	closed	office	2026-11-24 13:01:23.08278+00
3	20243	closed	office	2026-11-24 13:01:23.082783+00
4	20243	closed	office	2026-11-24 13:01:23.082786+00
5	20243	closed	office	2026-11-24 13:01:23.082788+00
6	20243	closed	office	2026-11-24 13:01:23.08279+00
7	20243	closed	office	2026-11-24 13:01:23.082792+00
8	20243	closed	office	2026-11-24 13:01:23.082794+00
9	20243	closed	office	2026-11-24 13:01:23.082795+00
10	20243	closed	office	2026-11-24 13:01:23.082797+00
11	20243	closed	office	2026-11-24 13:01:23.082799+00
12	20243	closed	office	2026-11-24 13:01:23.0828+00
13	20243	closed	office	2026-11-24 13:01:23.082802+00
14	20243	closed	office	2026-11-24 13:01:23.082804+00
15	20243	closed	office	2026-11-24 13:01:23.082805+00
16	20243	closed	office	2026-11-24 13:01:23.082807+00
17	20243	closed	office	2026-11-24 13:01:23.082808+00
18	20243	closed	office	2026-11-24 13:01:23.08281+00
1	20244	closed	office	2026-11-24 13:01:23.205452+00
2	20244	closed	office	2026-11-24 13:01:23.205486+00
3	20244	closed	office	2026-11-24 13:01:23.205489+00
4	20244	closed	office	2026-11-24 13:01:23.205492+00
5	20244	closed	office	2026-11-24 13:01:23.205494+00
6	20244	closed	office	2026-11-24 13:01:23.205496+00
7	20244	closed	office	2026-11-24 13:01:23.205497+00
8	20244	closed	office	2026-11-24 13:01:23.205499+00
9	20244	closed	office	2026-11-24 13:01:23.205501+00
10	20244	closed	office	2026-11-24 13:01:23.205502+00
11	20244	closed	office	2026-11-24 13:01:23.205504+00
12	20244	closed	office	2026-11-24 13:01:23.206078+00
13	20244	closed	office	2026-11-24 13:01:23.206082+00
14	20244	closed	office	2026-11-24 13:01:23.206084+00
15	20244	closed	office	2026-11-24 13:01:23.206085+00
16	20244	closed	office	2026-11-24 13:01:23.206087+00
17	20244	closed	office	2026-11-24 13:01:23.206089+00
18	20244	closed	office	2026-11-24 13:01:23.20609+00
1	20251	closed	office	2026-11-24 13:01:23.335802+00
2	20251	closed	office	2026-11-24 13:01:23.335834+00
3	20251	closed	office	2026-11-24 13:01:23.335838+00
4	20251	closed	office	2026-11-24 13:01:23.33584+00
5	20251	closed	office	2026-11-24 13:01:23.335842+00
6	20251	closed	office	2026-11-24 13:01:23.335844+00
7	20251	closed	office	2026-11-24 13:01:23.335846+00
8	20251	closed	office	2026-11-24 13:01:23.335847+00
9	20251	closed	office	2026-11-24 13:01:23.335849+00
10	20251	closed	office	2026-11-24 13:01:23.335851+00
11	20251	closed	office	2026-11-24 13:01:23.335853+00
12	20251	closed	office	2026-11-24 13:01:23.335854+00
13	20251	closed	office	2026-11-24 13:01:23.335856+00
14	20251	closed	office	2026-11-24 13:01:23.335858+00
15	20251	closed	office	2026-11-24 13:01:23.33586+00
16	20251	closed	office	2026-11-24 13:01:23.335861+00
17	20251	closed	office	2026-11-24 13:01:23.335863+00
18	20251	closed	office	2026-11-24 13:01:23.335865+00
1	20252	closed	office	2026-11-24 13:01:23.457088+00
2	20252	closed	office	2026-11-24 13:01:23.457136+00
3	20252	closed	office	2026-11-24 13:01:23.457141+00
4	20252	closed	office	2026-11-24 13:01:23.457145+00
5	20252	closed	office	2026-11-24 13:01:23.457148+00
6	20252	closed	office	2026-11-24 13:01:23.457151+00
7	20252	closed	office	2026-11-24 13:01:23.457155+00
8	20252	closed	office	2026-11-24 13:01:23.457158+00
9	20252	closed	office	2026-11-24 13:01:23.457161+00
10	20252	closed	office	2026-11-24 13:01:23.457164+00
11	20252	closed	office	2026-11-24 13:01:23.457167+00
12	20252	closed	office	2026-11-24 13:01:23.457171+00
13	20252	closed	office	2026-11-24 13:01:23.457174+00
14	20252	closed	office	2026-11-24 13:01:23.457177+00
15	20252	closed	office	2026-11-24 13:01:23.45718+00
16	20252	closed	office	2026-11-24 13:01:23.457183+00
17	20252	closed	office	2026-11-24 13:01:23.457186+00
18	20252	closed	office	2026-11-24 13:01:23.457189+00
1	20253	closed	office	2026-11-24 13:01:23.541129+00
2	20253	closed	office	2026-11-24 13:01:23.541166+00
3	20253	closed	office	2026-11-24 13:01:23.54117+00
4	20253	closed	office	2026-11-24 13:01:23.541172+00
5	20253	closed	office	2026-11-24 13:01:23.541174+00
6	20253	closed	office	2026-11-24 13:01:23.541177+00
7	20253	closed	office	2026-11-24 13:01:23.541178+00
8	20253	closed	office	2026-11-24 13:01:23.54118+00
9	20253	closed	office	2026-11-24 13:01:23.541182+00
10	20253	closed	office	2026-11-24 13:01:23.541184+00
11	20253	closed	office	2026-11-24 13:01:23.541186+00
12	20253	closed	office	2026-11-24 13:01:23.541187+00
13	20253	closed	office	2026-11-24 13:01:23.541189+00
14	20253	closed	office	2026-11-24 13:01:23.541191+00
15	20253	closed	office	2026-11-24 13:01:23.541192+00
16	20253	closed	office	2026-11-24 13:01:23.541194+00
17	20253	closed	office	2026-11-24 13:01:23.541196+00
18	20253	closed	office	2026-11-24 13:01:23.541197+00
1	20254	closed	office	2026-11-24 13:01:23.633533+00
2	20254	closed	office	2026-11-24 13:01:23.633572+00
3	20254	closed	office	2026-11-24 13:01:23.633575+00
4	20254	closed	office	2026-11-24 13:01:23.633578+00
5	20254	closed	office	2026-11-24 13:01:23.63358+00
6	20254	closed	office	2026-11-24 13:01:23.633582+00
7	20254	closed	office	2026-11-24 13:01:23.633584+00
8	20254	closed	office	2026-11-24 13:01:23.633586+00
9	20254	closed	office	2026-11-24 13:01:23.633588+00
10	20254	closed	office	2026-11-24 13:01:23.633589+00
11	20254	closed	office	2026-11-24 13:01:23.633591+00
12	20254	closed	office	2026-11-24 13:01:23.633593+00
13	20254	closed	office	2026-11-24 13:01:23.633595+00
14	20254	closed	office	2026-11-24 13:01:23.633597+00
15	20254	closed	office	2026-11-24 13:01:23.633598+00
16	20254	closed	office	2026-11-24 13:01:23.6336+00
17	20254	closed	office	2026-11-24 13:01:23.633602+00
18	20254	closed	office	2026-11-24 13:01:23.633603+00
\.

COPY ledger.request (book_id, key, hash, outcome, recorded_at) FROM stdin;
1	CAPITAL-14/funded	\\x3fba803b707bb84922049e53231315d47cac923e4c03dff80633621b53d2a655	created	2026-11-24 13:01:22.603677+00
2	CAPITAL-08/funded	\\xe22626f35f6d5ee62acf11d9765ccfbb394f50d87677644eef600269ffa2741e	created	2026-11-24 13:01:22.603793+00
2	SL2023-00001:G/fee_charged	\\xbf1e5264f7c2cca2e498596da5633547f0811ef5d1530ce2a94e48fb872764b2	created	2026-11-24 13:01:22.6038+00
2	SL2023-00001:G/issued	\\xb1c814cb73df64f75e276f90503fea1d9860b83860a55d5e00b74f7da2be2b1d	created	2026-11-24 13:01:22.603805+00
2	SL2023-00001:R/fee_charged	\\x88ae943e432da60676a412cea2c0891dd5eb375fa881dd3d1f950b698a634610	created	2026-11-24 13:01:22.603809+00
2	SL2023-00002:G/fee_charged	\\x1d194ced7d721b4c7dce254f1969ffd7605519dc51130831aa36a802ff7b531d	created	2026-11-24 13:01:22.603812+00
2	SL2023-00002:G/issued	\\x961b16fa61f7a74a8f1576ef33a02ca6373a33ac3b46cafa54e573956b07cc08	created	2026-11-24 13:01:22.603816+00
2	SL2023-00002:R/fee_charged	\\x0557cf8549ebe0341171c983574e5ede9bcd6d727f8a6d7d6302d177d9d3cc20	created	2026-11-24 13:01:22.603819+00
3	CAPITAL-03/funded	\\x5aa7c056c4dd14f1ca48794df4066864dbc46f7c97977c57ddb9f77cae776897	created	2026-11-24 13:01:22.603822+00
4	CAPITAL-12/funded	\\xd073b9834259ef07879ab73d388d5707cf9d58debd12299e3bcb25fb3ed9aa3a	created	2026-11-24 13:01:22.603825+00
5	CAPITAL-05/funded	\\x2f23f2875bde9b28c1961c7c8c0ad0bba888bf01c98b8c70b68eeb6c534dd4f3	created	2026-11-24 13:01:22.603828+00
6	CAPITAL-10/funded	\\x1d8fa5e17926e33ccf3cc05680af82b3b6b1d0bc6af4171c67f54308356e18f4	created	2026-11-24 13:01:22.603832+00
6	SL2023-00001:R/issued	\\xc98f8fe90073bd9135c2a6a047b6033fab34ca1b7e64aa1a5f56cd2e61d61932	created	2026-11-24 13:01:22.603835+00
6	SL2023-00002:R/issued	\\x36578e1c9e3b2ce4b3b3bc6a7656ba5118d3fde83a097eb937560a6bf2d8d8a9	created	2026-11-24 13:01:22.603842+00
7	BUDGET-FEES/appropriated-1	\\x59d1c8ec6c446dfc84ae690278bbbf8c94604ea66e0a4caf137fca0b27d6de09	created	2026-11-24 13:01:22.603846+00
7	BUDGET-PREMIUMS/appropriated-1	\\x89a640400d2b24865bf0234ffcf016156fe6a26e4679cc0754dfe9139465d8b0	created	2026-11-24 13:01:22.603849+00
8	POOL/funded-1	\\xb0f9624501c75eba710d990378a5be5d27b76887325bd1e9eb5b44665e614941	created	2026-11-24 13:01:22.603853+00
9	FUND-1/capital_called-1	\\x597d7bd7c2003345ab6f319d4a81b38fd96d978152a7dc5af4300e42750aaf5d	created	2026-11-24 13:01:22.603856+00
9	FUND-1/committed	\\xad53f0f8466123423b5448763a42594e6dfe3275c0c96f06f7bf2bdea8038805	created	2026-11-24 13:01:22.603859+00
9	FUND-2/capital_called-1	\\x635515ab843fd2e5eb9e462c8c920ab852dab79a4d576619a6a85e02d84b2cf4	created	2026-11-24 13:01:22.603862+00
9	FUND-2/committed	\\x6492f5aa70c7ebff922dbd12ff6d6234db51ee4480f5b94f465945d5ef507ca3	created	2026-11-24 13:01:22.603865+00
9	FUND-3/capital_called-1	\\xee28c9e5a70f99ef47bf125762895ecffaed8fb1627ae5b6230045220116e74d	created	2026-11-24 13:01:22.603868+00
9	FUND-3/committed	\\xcc09b3eb199647d6cf2c4d76561aa2bf30de40e61b8e2c449433c73a4f402f15	created	2026-11-24 13:01:22.603872+00
10	CAPITAL-07/funded	\\xb013dfade685da31a2d28c96413b4fb4ec32d66dd8ad8457f0c20744554865c4	created	2026-11-24 13:01:22.603875+00
11	CAPITAL-13/funded	\\xeefecebe3323492f8df6450bfa9568d377990d0b77d615780561b23db4785963	created	2026-11-24 13:01:22.603878+00
12	CAPITAL-01/funded	\\xd519d39c78e8b69ff26cffecc2058ca995df71aa88bb135f01018dcd904f3d56	created	2026-11-24 13:01:22.603881+00
13	CAPITAL-06/funded	\\x4ae71749f981c5bb5adbb2d90ab2a1a7bce0ec4aaacacdbc627a470b74065dcb	created	2026-11-24 13:01:22.603884+00
14	CAPITAL-11/funded	\\xe92507977159084f60f54dd0d89a1b85c84672650e437cd06c124f6769844a16	created	2026-11-24 13:01:22.603887+00
15	CAPITAL-02/funded	\\x2e57b9c2cace1a3ac67466b64f3f5c698efebf1d6db64b16c75ffdca86df49ec	created	2026-11-24 13:01:22.603893+00
15	SL2023-00001/disbursed	\\x751c8baaddb9b92078500264a3b874e20d2bcae03f8473a20aae2f4c15ba804f	created	2026-11-24 13:01:22.603896+00
15	SL2023-00002/disbursed	\\x7d429d7b04d862759fcf1fc6611953ac283318ebc5d497f4e7bc3fb834195f83	created	2026-11-24 13:01:22.603899+00
16	CAPITAL-15/funded	\\x76d69a4ba4eceaad89f5d9768ff8ed1ef6913e6af6a7ac2300d8a19e27499136	created	2026-11-24 13:01:22.603902+00
17	CAPITAL-09/funded	\\x6d9fb5304a2eb997eba836aeab2acff8080305f43f2edad09a1bbefd53aac3b6	created	2026-11-24 13:01:22.603905+00
18	CAPITAL-04/funded	\\x2e3db82684d16e891b6b8ceaee1b51f7bbd8538ca11d381391b5a750bc714718	created	2026-11-24 13:01:22.603908+00
7	2023Q1/example-fee-reduction/SL2023-00002:G/fee_reduction	\\x1aa10adca7c217cbc33713acce3870bdde958e9a87a7e70e3025a2a0bac2c0ef	created	2026-11-24 13:01:22.669658+00
1	settle/2023Q1/2023-04-01/云杉产业投资/松澜科创引导基金/CNY	\\xd3cef73d976d59fd43db9e5abacb212f12990565f225455d88bf16a638429973	created	2026-11-24 13:01:22.699207+00
2	settle/2023Q1/2023-04-01/云杉融资担保/松澜省再担保/CNY	\\x7ffcc8d2e44d3b5487b329dfeaa6327e585ca1de7b2cb7dc5d2ac40d7fb47b9c	created	2026-11-24 13:01:22.699244+00
7	settle/2023Q1/2023-04-01/松澜省财政厅/云杉融资担保/CNY	\\x9a7cde5b212f9e4635a71064d33e960038d3f73933245c06240d0bd3a8d49c50	created	2026-11-24 13:01:22.69925+00
11	settle/2023Q1/2023-04-01/松澜财政出资平台/松澜科创引导基金/CNY	\\x378ef13a941a5b1e3f4dea3dfd7b4fecfbe8e336d25926aef71e398a27368eea	created	2026-11-24 13:01:22.699254+00
16	settle/2023Q1/2023-04-01/霁川创业投资/松澜科创引导基金/CNY	\\x857fa09eb15e83ce96b2cdc5832d6e6213fa966bd014b15baad089002f767921	created	2026-11-24 13:01:22.699259+00
2	SL2023-00001:G/released	\\x80dd63c1d104bf4c8a2b786f9dd52ac51a633d4d420ab6b1cdb4b54c0aef0816	created	2026-11-24 13:01:22.76881+00
6	SL2023-00001:R/released	\\x24e0d134491be717bddb25f24dec7ec828c1f32482b0bb08a7d3e1e3d4f13d2a	created	2026-11-24 13:01:22.768846+00
6	SL2023-00003:R/issued	\\x10e568b492fa3a56b4e43f88162706c8302702d5098650b7e5462252e557e57e	created	2026-11-24 13:01:22.768852+00
6	SL2023-00004:R/issued	\\xaa9afe6407d273bafd675d2f2a5902aa0ba12972fec029cc0c0c6227a45ccab1	created	2026-11-24 13:01:22.768856+00
10	SL2023-00004:G/fee_charged	\\x749860db819136cc5062a1dfd9b00e4ef751b630a6659c0200050feebb4931af	created	2026-11-24 13:01:22.76886+00
10	SL2023-00004:G/issued	\\x7a49110f0b269d2ad1c161b109aa12855e336ba28724a8aacab0c9103fa82271	created	2026-11-24 13:01:22.768864+00
10	SL2023-00004:R/fee_charged	\\xc07db4bd71822dc02deef1e6aaabc14fd0596b282bd619ed624426f91b47edfc	created	2026-11-24 13:01:22.768874+00
13	SL2023-00003/disbursed	\\x0de6f7da6e8324500aca092aa4b3253a299ac640e10bb3c190a40d904e161958	created	2026-11-24 13:01:22.768878+00
15	SL2023-00001/repaid-1	\\x2043b9ad137c080208e7134931c30a9e29ffe910017e26bf30c5c790aeb5da15	created	2026-11-24 13:01:22.768882+00
17	SL2023-00003:G/fee_charged	\\x0c599dd700ba10a5fb8c86ff68df9b50d6cfbcc4509e288271bbf07aaf89c6ea	created	2026-11-24 13:01:22.768885+00
17	SL2023-00003:G/issued	\\x657349f132c3da348d141920154b32c3b5f13d45ba47ec0c2e1e201109f39596	created	2026-11-24 13:01:22.768889+00
17	SL2023-00003:R/fee_charged	\\x77795457f5edc2d6680e4ad460d0ae2aaf5e2b8ce98c9cef481248636bf0c6e0	created	2026-11-24 13:01:22.768892+00
18	SL2023-00004/disbursed	\\xde945203a2356edad0b2638bdf264dc632d900341a458a2cf0172ebce6b719a9	created	2026-11-24 13:01:22.768896+00
10	settle/2023Q3/2023-10-01/松澜科技融资担保/松澜省再担保/CNY	\\xd68124fcea251967409239d69631b00079ae2bacdcbd89295d24b117bcf47cf6	created	2026-11-24 13:01:22.814798+00
17	settle/2023Q3/2023-10-01/霁川融资担保/松澜省再担保/CNY	\\x4bfa53e727d637c09d0e2494bef97e7109a8409b572969a6f204038b3643fda0	created	2026-11-24 13:01:22.814834+00
9	FUND-1/revalued-2	\\xf7deb068ac909b9cbc26fcc99f41f48a2d9dd9f77b9d4c2cc9c2edf98a7cb353	created	2026-11-24 13:01:22.846243+00
9	FUND-2/revalued-2	\\xb0bbc95d14c01f1e03529e7a0ec6108ddc047c24fd8f70c0973823e820cf574e	created	2026-11-24 13:01:22.846279+00
9	FUND-3/revalued-2	\\x975c5739067a3391918fae31c0c579a456da40f605493c71fd7d3e59916941d8	created	2026-11-24 13:01:22.846285+00
13	SL2023-00003/repaid-1	\\x6b036b262e87cfef12f58cd35e78511bb6f989b42074e55d641743058ff91cb4	created	2026-11-24 13:01:22.846289+00
2	SL2023-00002:G/released	\\xbf4c1ab60e9bc60be7d058015d1a7e60c0270871b47b828cd4c9cf89557af935	created	2026-11-24 13:01:22.8908+00
4	PX-0001/policy_issued	\\x0aaad4ff267c7b9faf0f72a4b8f6c7e1dd143f2288215477f858786a5ceb6e8b	created	2026-11-24 13:01:22.890837+00
4	PX-0001/premium_charged	\\xbd20c5573af435baa9da5973214fb948dbed987c7ae08b24441a11dd32aada40	created	2026-11-24 13:01:22.890843+00
4	PX-0001/premium_paid	\\x0d0341b515757691e0e7868dab7fe2d922401cc8b9aca4736eeb097343cd73c4	created	2026-11-24 13:01:22.890848+00
6	SL2023-00002:R/released	\\xf589d6c1f39a2c5d43736b64012a6c41b73609d8bf98bce0b1644c78de24bbe1	created	2026-11-24 13:01:22.890851+00
6	SL2023-00003:R/released	\\x9df0a08647960c90e23b991e1e8c035b7bdd3a16f1ae5cff0b20683d973b10e4	created	2026-11-24 13:01:22.890855+00
6	SL2024-00001:R/issued	\\x7da78abedc51118defe2fd78a3578458cab2c41510d28d507a36149a69ac4ac0	created	2026-11-24 13:01:22.890858+00
7	BUDGET-FEES/appropriated-2	\\xb882179908ea5862762fd8e902580c8091c41417677753cd0d5065984e31577d	created	2026-11-24 13:01:22.890862+00
7	BUDGET-PREMIUMS/appropriated-2	\\xc6f2156810f2434e444e51459bec74e9ae8cb54174e693d3e68cbd7507a07871	created	2026-11-24 13:01:22.890866+00
8	POOL/funded-2	\\xd398c75c32d5bc88430617ecaa22a2dbd2f41faa5a7dc04d1392aa82498f6355	created	2026-11-24 13:01:22.89087+00
13	SL2023-00003/repaid-2	\\x7882dd098b9cb9787077dd80f1d40cde0be08d23bdb8d3cb4d82141208115d8d	created	2026-11-24 13:01:22.890874+00
15	SL2023-00002/repaid-1	\\xdaf5952ad98fbac98ca2bd4d572d995a6fa78e6d11c1980af2a07b06fdbcc72f	created	2026-11-24 13:01:22.890878+00
17	SL2023-00003:G/released	\\xd6aa7d45c2e35cf7ed3968897ef9cc3afb17d0ee172ab2aaf81e8391b4defdaf	created	2026-11-24 13:01:22.890881+00
17	SL2024-00001:G/fee_charged	\\x3f82210ea6415346fe64bdecf539a33379e6345792b3b6f8f53e78ce148832f9	created	2026-11-24 13:01:22.890885+00
17	SL2024-00001:G/issued	\\x308f618ec2707ffc8907a51d859bb5feb97c5db5dadc0dc626c7a0ad01451fc4	created	2026-11-24 13:01:22.890889+00
17	SL2024-00001:R/fee_charged	\\x42874c9e261f7fba5e0f961cc6c4ae80942308ff2d03aee2bf78eb26c218cdd8	created	2026-11-24 13:01:22.891309+00
18	SL2024-00001/disbursed	\\x3d9e9c7173c3ce8af9dcc2596df14782e57fd41e7eaa1271e1de5b59c818c984	created	2026-11-24 13:01:22.891316+00
17	settle/2024Q1/2024-04-01/霁川融资担保/松澜省再担保/CNY	\\xa678b3c2a96fc1dd9bda3db4f1a2a6384e98123579cf41f2edf2872201ba8dae	created	2026-11-24 13:01:22.929589+00
2	SL2024-00002:G/fee_charged	\\x47d580cede20d46b27f7415af1789e3e6b7f486b1ec946df2a241f29e69704af	created	2026-11-24 13:01:22.963263+00
2	SL2024-00002:G/issued	\\x3151d8dbc67184d0fd29740e66e1d7f716e777b793a240a5156f213e722fd861	created	2026-11-24 13:01:22.963299+00
2	SL2024-00002:R/fee_charged	\\x41716c0959cb9e7d6d1e37ec8ad6023ccb0408a9a90345f84559691001e6385b	created	2026-11-24 13:01:22.963305+00
6	SL2024-00002:R/issued	\\x3a15f1ad56827339149af7aadc981ae26c64e5eb59ab8dde2f4b2b39c69d7ee6	created	2026-11-24 13:01:22.96331+00
9	FUND-1/capital_called-3	\\x4cdb03545567f15006b363f4863d678e580845d19f493cfb9b0e334c06310e6a	created	2026-11-24 13:01:22.963314+00
9	FUND-2/capital_called-3	\\x740513ea96f72529447edefd9e35e20e0a0b43bb786ac56cfb6b7df28c012aa6	created	2026-11-24 13:01:22.963318+00
9	FUND-3/capital_called-3	\\x265253d0df42212528ea78714d485e709daf7471db0a642152d4737761514496	created	2026-11-24 13:01:22.963322+00
12	SL2024-00002/disbursed	\\x1413c68c65dc6b138dbbef07152ecb6a802bdc22bd9588bd6047dcc081be13a0	created	2026-11-24 13:01:22.963325+00
1	settle/2024Q2/2024-07-01/云杉产业投资/松澜科创引导基金/CNY	\\xb69eff38414153d2808f7b0794118591ad0ce9efeb4804fdb0ca07aff5735462	created	2026-11-24 13:01:22.995157+00
2	settle/2024Q2/2024-07-01/云杉融资担保/松澜省再担保/CNY	\\x5908f39b3abbedd769324542223d336bc03fef7318c69a11ed9d0e415de996fa	created	2026-11-24 13:01:22.995195+00
11	settle/2024Q2/2024-07-01/松澜财政出资平台/松澜科创引导基金/CNY	\\x4dd9e6cedd9da98ae3898927a0c7685984988f04e102d8bcbc2a6c9c8a172276	created	2026-11-24 13:01:22.995201+00
16	settle/2024Q2/2024-07-01/霁川创业投资/松澜科创引导基金/CNY	\\xad1419e96a3482a20f818a100c1ceecd0d511cc5342bda72c4d8a443fd96315b	created	2026-11-24 13:01:22.995205+00
5	SL2024-00003/disbursed	\\x567d0d360dbe7c2152969b7a18d5ff0e27fc9d7d10d02a44da2c3ef6a519541b	created	2026-11-24 13:01:23.033881+00
6	SL2023-00004:R/released	\\xf8a726efc7c27904561ac2008a1c2e9cb1ee1df246c8e3063757061cdce0ac0f	created	2026-11-24 13:01:23.03392+00
6	SL2024-00003:R/issued	\\x4c89ba5ffd5d51e8890bd696741f531c25176f997508071d63b8111812819c57	created	2026-11-24 13:01:23.033927+00
10	SL2023-00004:G/released	\\x6ee2c6ac7401bdcd3d6d12ec6015c8bc7ae103e751ab38cbd0398b40cf4aa72a	created	2026-11-24 13:01:23.033931+00
10	SL2024-00003:G/fee_charged	\\x7aee6c9d8b0c895eb684d246410e9b471f6195553eef24bfd5b9e20e4cfb3c6b	created	2026-11-24 13:01:23.033935+00
10	SL2024-00003:G/issued	\\x73206b56ebc750adfc534fc4ab4087cd96c907f4c26c18253b6f0937c64a9493	created	2026-11-24 13:01:23.033939+00
10	SL2024-00003:R/fee_charged	\\xe0e7ea10fc04d9a898780c94cf71088ec54cd5a3dabdbe1f3676b30b1a0e9eae	created	2026-11-24 13:01:23.03395+00
18	SL2023-00004/repaid-1	\\xf05c2231e110790433336d14065dfc334f16ed5dfb2ebb43e8890a184f5e9e7c	created	2026-11-24 13:01:23.033955+00
7	2024Q3/example-fee-reduction/SL2024-00003:G/fee_reduction	\\x35dbabfa852827aa626a3611197787216778093f31b7ac11d1a566f192223ddf	created	2026-11-24 13:01:23.078082+00
7	settle/2024Q3/2024-10-01/松澜省财政厅/松澜科技融资担保/CNY	\\x39fa6533018167860c574031e377e7523d8871436e30c97932afdeca2b2e2002	created	2026-11-24 13:01:23.108763+00
10	settle/2024Q3/2024-10-01/松澜科技融资担保/松澜省再担保/CNY	\\x8e60b7593dba5cb96d6e5b0bc0d3397b890b05cd885368940bf114769e47854b	created	2026-11-24 13:01:23.1088+00
5	SL2024-00003/repaid-1	\\x01eb7f9fc0f22635be4ccf6685eec16d551ff07289a6b0c61ac730427af3e6a4	created	2026-11-24 13:01:23.157756+00
9	FUND-1/revalued-4	\\xda6e1fc2dd702a1ba4d73b5c37a93fc3bbdfbe73a66d05ddce19b36c8a925b90	created	2026-11-24 13:01:23.157798+00
9	FUND-2/revalued-4	\\xf5d114c2cf6c6a2a0e0e70e0f6d7c93a68c8fcd1d418552981652ab65c4050b4	created	2026-11-24 13:01:23.157804+00
9	FUND-3/revalued-4	\\x1cb6dda1c48f759ebf71a94f713250340bfdd749ea3ab8fb5fa108f7d62a0e3b	created	2026-11-24 13:01:23.157809+00
7	2024Q4/example-premium-subsidy/PX-0001/premium	\\xdd0b2b218e0dd8a7fa0a7589705d0c168d5ebafee2c5d221bd2edb1a5b67429a	created	2026-11-24 13:01:23.199617+00
7	settle/2024Q4/2025-01-01/松澜省财政厅/岚江财产保险/CNY	\\xac17b95fac203c393ef54dafe085618e51e623ac55d6cb25b6d793363b547da8	created	2026-11-24 13:01:23.231992+00
2	SL2025-00001:G/fee_charged	\\x765f5c38b115cc9bb7f0a6bee0c171c4c522f40c04054dc36c8146b314e6975a	created	2026-11-24 13:01:23.286416+00
2	SL2025-00001:G/issued	\\x7dc0dd85cd28b9cbfa76d88f9df1d7c0da596c11173076972dcdab36d1ec78a1	created	2026-11-24 13:01:23.286453+00
2	SL2025-00001:R/fee_charged	\\x20cdd80a82f571ac3930e85a7f4cfb475d3ff628b1b40ec7606a5ea4ba860f12	created	2026-11-24 13:01:23.286459+00
2	SL2025-00002:G/fee_charged	\\xca389aa8c3f93175eedba060493f18ca838c5527b4c5af6bbf3e0d3b45fb24d3	created	2026-11-24 13:01:23.286464+00
2	SL2025-00002:G/issued	\\x53256498d5193c13a4da9db6093be6af3ce8c04523169db55dd325ddd5a7b98f	created	2026-11-24 13:01:23.286468+00
2	SL2025-00002:R/fee_charged	\\x99efe6fd6d43d7e17fd0fa7174921a68724e5a8e5368a1138f32730773607683	created	2026-11-24 13:01:23.286472+00
4	PX-0001/premium_paid-2	\\x1eba8c2ebfd6dca28d5975319c59819e802b3d14e5a7efadedf5cd596405c700	created	2026-11-24 13:01:23.286476+00
4	SL2025-00002:I/policy_issued	\\xb0e8c90515c724176fe8226538acb4d6bd32505ce305201e8a6aa9d8f8c726f8	created	2026-11-24 13:01:23.28648+00
4	SL2025-00002:I/premium_charged	\\x2f5b98d43d040b12b8b6b5d4e87187d376527a6c52cfd9e5ca5f16b809e08100	created	2026-11-24 13:01:23.286484+00
4	SL2025-00002:I/premium_paid	\\x244dd5a7a52e96c9c9eaa7711ffa96ff3c99bd6f66a8f7c58eaae165fc82802d	created	2026-11-24 13:01:23.286487+00
5	SL2024-00003/repaid-2	\\x77ac5348ce7f9759cf78269fd23eaac8625b7d09c888991dac78ad0071a91ff7	created	2026-11-24 13:01:23.286491+00
6	SL2024-00003:R/released	\\x7ca2e505b13db0f3957a892ecf19a9b2a8abd66e1b4bfd32cb9dcc9dbbd2aec1	created	2026-11-24 13:01:23.286495+00
6	SL2025-00001:R/issued	\\x8920266bd2f96b45730cda4f6242d27f11f9dd70bcaafcdc60768039efbce9e5	created	2026-11-24 13:01:23.286498+00
6	SL2025-00002:R/issued	\\xaaf905eb7504eb85b6a65b9b38cf29bbf31076fa1102e0e1abdd431e12beb620	created	2026-11-24 13:01:23.286502+00
7	BUDGET-FEES/appropriated-3	\\xc5b8789c2b2af77aaaf1918c8469ab9b96daa8498557b9c6f1183d1ac1394b18	created	2026-11-24 13:01:23.286506+00
7	BUDGET-PREMIUMS/appropriated-3	\\xbc87cb91179f1fae5e5a98e6f545ee6300eccac716381c6afae6135839b98a4f	created	2026-11-24 13:01:23.286509+00
8	POOL/funded-3	\\x96360bfce04cc527cfdca2c394f2d1be37d12e16f3281fc5413a9750fd7786d6	created	2026-11-24 13:01:23.286513+00
10	SL2024-00003:G/released	\\x73b06f99e8993f8294df263c823fc4855c51bdad8443c1a5b657981fbf847256	created	2026-11-24 13:01:23.286517+00
12	SL2025-00001/disbursed	\\x041c05ab89fa32c987537c82a4a9db383f9dd87e3d7011509b04ce50de05b621	created	2026-11-24 13:01:23.28652+00
14	SL2025-00001:I/policy_issued	\\xc89be475469b4652ec2ddd6a6a2ab44ba562f64520932d2235fca89919fee3ea	created	2026-11-24 13:01:23.286524+00
14	SL2025-00001:I/premium_charged	\\x93b862b717f61daafec87d6a198b768d37b551317466a322d70517dd50b00cbd	created	2026-11-24 13:01:23.286527+00
14	SL2025-00001:I/premium_paid	\\xf4f6514da232e81203501c32741471f0af79322cc30989f6898867552316cf72	created	2026-11-24 13:01:23.286531+00
18	SL2025-00002/disbursed	\\x4879894548293eded03953e18faab396c3e72ace83e42174d5d6f85b6a47dc75	created	2026-11-24 13:01:23.286534+00
7	2025Q1/example-fee-reduction/SL2025-00002:G/fee_reduction	\\x4bf34ea278725809730b9e63fa85c62cd4bc24a19946c11b32ba9b0707dd4986	created	2026-11-24 13:01:23.334459+00
2	settle/2025Q1/2025-04-01/云杉融资担保/松澜省再担保/CNY	\\xf61b6437a0041c8c8c9896b4f0bbb0d847ea4687d11f0c36dd513d27172a0cab	created	2026-11-24 13:01:23.360432+00
7	settle/2025Q1/2025-04-01/松澜省财政厅/云杉融资担保/CNY	\\x64dfb1dd84f40f825e96caf7d563f6b9b38e6ecb1e42353780872ad09e92c22c	created	2026-11-24 13:01:23.360467+00
6	SL2025-00003:R/issued	\\x2ef8b8ba3127743c8a8db3a0176adb49f9d401e450e330b30dccbd6cfb2c051f	created	2026-11-24 13:01:23.420405+00
12	SL2024-00002/repaid-1	\\x498df20a76372388ce3bcb2ae48038b24a51e075ed92177b9aaa1d10827f574d	created	2026-11-24 13:01:23.420442+00
12	SL2025-00003/disbursed	\\x524fde1414e997c3c11a30cc6b65756e859d2ca5b7ce09cb770eeec595e86431	created	2026-11-24 13:01:23.420449+00
17	SL2025-00003:G/fee_charged	\\x6e5c38191be516002c6645f48b97d40a10789439d7e728a146df5d1550b0cb3e	created	2026-11-24 13:01:23.420453+00
17	SL2025-00003:G/issued	\\xc8193870ecf187cd7f0c6d7d65fceec1143851860cbfcac1dc3eaa93b6ab9176	created	2026-11-24 13:01:23.420457+00
17	SL2025-00003:R/fee_charged	\\xac1b97e58f251fd00d6e99c50ab6da3ace60310ac1e10946a747fe3159e35864	created	2026-11-24 13:01:23.420461+00
7	2025Q2/example-fee-reduction/SL2025-00003:G/fee_reduction	\\x3942cceb61342c003c8a941955d027d05a10be7109ae1dee1f11d76873350063	created	2026-11-24 13:01:23.453204+00
7	settle/2025Q2/2025-07-01/松澜省财政厅/霁川融资担保/CNY	\\x4c7b1e06d53c5718267e73b648ecce48132eb0ae93f069dbe008031a64dff4aa	created	2026-11-24 13:01:23.478594+00
17	settle/2025Q2/2025-07-01/霁川融资担保/松澜省再担保/CNY	\\xba5c3f40891186a7dd6cbe8d68572ad8694784dcad56db16a5053fdd656ec3e5	created	2026-11-24 13:01:23.478639+00
4	SL2025-00005:I/policy_issued	\\x1c9db051b9d3c888fb9706cf6efb2d43aeb685dc4c3614fa72c47a3fd1934982	created	2026-11-24 13:01:23.508835+00
4	SL2025-00005:I/premium_charged	\\x4f1e946ae1799217c86c9829453ff64f0acc239bc61602bbd98c156dd81351d1	created	2026-11-24 13:01:23.508872+00
6	SL2025-00004:R/issued	\\x3a98666e867ebafbf05db46d844874c9b41a05347cbaef3cfa504bbeee04d965	created	2026-11-24 13:01:23.508915+00
9	FUND-1/distributed-5	\\x2e95d67dd7dfd547330b5b5edd0f1903b1c0f9b3cb779be17316719cf7706623	created	2026-11-24 13:01:23.50892+00
9	FUND-2/distributed-5	\\x7eb063291a788f224f468a37c1b384222ebb1b91f243924dd2806bed2ceb4034	created	2026-11-24 13:01:23.513007+00
9	FUND-3/distributed-5	\\xf24d23238c647b79feb89af7c2329aa24b5f36fbc1f878a407cd561e098eb2e4	created	2026-11-24 13:01:23.513016+00
12	SL2025-00001/repaid-1	\\x37aeb8ca69e5c12f72cf24d2191dba87f162b2c099ae316a86b89a36b49d41c9	created	2026-11-24 13:01:23.513022+00
12	SL2025-00004/disbursed	\\x683072502e6baa77e59cd715c33c482d72cd7b18de093d934832c16f61008665	created	2026-11-24 13:01:23.513026+00
14	SL2025-00004:I/policy_issued	\\x2d44977534e4c379f024022c45e8b76cba8ecc551ca565da4b16259d59ccfe5a	created	2026-11-24 13:01:23.51303+00
14	SL2025-00004:I/premium_charged	\\xf71327539367c9abbf7a3b7df9c0ff761bf90111dd71504b52319e12bd0a72c8	created	2026-11-24 13:01:23.513038+00
14	SL2025-00004:I/premium_paid	\\x4e2a38f7a685c7d08c1671d6e9ca2ea26b4568223fa7d90f06b465b1c486af97	created	2026-11-24 13:01:23.513042+00
17	SL2025-00004:G/fee_charged	\\x3d2ed1abdddd9b20b451e429fb41bad1af1c357fe7513d65b5f89e9c296cbbd3	created	2026-11-24 13:01:23.513046+00
17	SL2025-00004:G/issued	\\x95168680008ef60b7d6330a8e6872a641b903e35593220349f97fe6333837a2a	created	2026-11-24 13:01:23.51305+00
17	SL2025-00004:R/fee_charged	\\x91c5682bba7f45eeb749fba157146ba15de5d40af766360bca42d52fd0f8125a	created	2026-11-24 13:01:23.513053+00
9	settle/2025Q3/2025-10-01/松澜科创引导基金/云杉产业投资/CNY	\\x51ca86dc1048c4fcfe52a003f9846b7ba7397927aa32487b254ffca0f3303cde	created	2026-11-24 13:01:23.548683+00
9	settle/2025Q3/2025-10-01/松澜科创引导基金/松澜财政出资平台/CNY	\\xc7070481b13fce858f33f395b91b45884bfadeff2b72bad4bce7499508b05c24	created	2026-11-24 13:01:23.548722+00
9	settle/2025Q3/2025-10-01/松澜科创引导基金/霁川创业投资/CNY	\\xf6f87a5b6af9f91547889ffb6338c386e4f2c344829cffe290421bf88e8a6099	created	2026-11-24 13:01:23.548728+00
17	settle/2025Q3/2025-10-01/霁川融资担保/松澜省再担保/CNY	\\x3bc983b418da7c92c740ce8bc0092dfb626f0172ac7a56209fc254b94837f752	created	2026-11-24 13:01:23.548733+00
2	SL2025-00005:G/fee_charged	\\x84eec65328741638839dbade0b0d9faace6270f235a8ef10d635355e328a9385	created	2026-11-24 13:01:23.58459+00
2	SL2025-00005:G/issued	\\xa7d4abb201f466b3a5be17ec9be22f0b3bea9220941be209a0cac3b858659a76	created	2026-11-24 13:01:23.584634+00
2	SL2025-00005:R/fee_charged	\\xa71fb62a3501758ac3c10cae25afd095e02b0c926b63919c270d465f29d7f9a2	created	2026-11-24 13:01:23.584641+00
4	SL2025-00005:I/premium_paid	\\x2b299e169dc5af60928f4c0b1ccf73302bce4301cf23464515d9ad4ffbcde994	created	2026-11-24 13:01:23.584813+00
6	SL2025-00005:R/issued	\\xc20037b4f877fac7b10bf74a4fe2e8c11f0a6dd521f697002bf08bd20bafa3f9	created	2026-11-24 13:01:23.584824+00
9	FUND-1/revalued-6	\\xf0726e902935a98bc15a474a9fa09ce19f128aeb1f28d09bd64df6cc3c2ba94f	created	2026-11-24 13:01:23.584829+00
9	FUND-2/revalued-6	\\x74347f8fd9cb75db3f6e624395d60a9ee133aca2dd85d71b3738066b43223011	created	2026-11-24 13:01:23.584834+00
9	FUND-3/revalued-6	\\x3470fdcbe4dfbf6ad6dae5a2d00f1bbeba5ac405d8ef7dc658d0a71f5de56705	created	2026-11-24 13:01:23.584838+00
13	SL2025-00005/disbursed	\\x612228bc640353fd0675e13caa3dbaa9327c86bae77d7b0b7776ea183c80cf85	created	2026-11-24 13:01:23.584842+00
7	2025Q4/example-premium-subsidy/SL2025-00001:I/premium	\\x829a2c490dc86403de6888cf7445e0b65486a4fd1431a65d8d92e19cec9343ca	created	2026-11-24 13:01:23.627419+00
7	2025Q4/example-premium-subsidy/SL2025-00002:I/premium	\\x0aaab6f8982904ddc29dada738f61357369192dd2f26f6bb074fad37b7bc403b	created	2026-11-24 13:01:23.62746+00
7	2025Q4/example-premium-subsidy/SL2025-00004:I/premium	\\x99dbeedc4e39df57801491b4ba9c6f2d006430d6f30ddcdc2d342ed6383c4645	created	2026-11-24 13:01:23.627467+00
7	2025Q4/example-premium-subsidy/SL2025-00005:I/premium	\\x0f7940bc17e1b42dd993b2cc517f36acd943788bdf2b5a4f216add1bc53bf141	created	2026-11-24 13:01:23.627472+00
2	settle/2025Q4/2026-01-01/云杉融资担保/松澜省再担保/CNY	\\x357cbec8ef1edecf824cfc91ce0f404fe90fff4eefe99df6ab157696c8619715	created	2026-11-24 13:01:23.66086+00
7	settle/2025Q4/2026-01-01/松澜省财政厅/岚江财产保险/CNY	\\xff863b62e3743030a26507144c14c6659edc63cf7253ce69eff7f7a002c0685e	created	2026-11-24 13:01:23.660898+00
7	settle/2025Q4/2026-01-01/松澜省财政厅/镜泽财产保险/CNY	\\x9958382df5eee44322580cb9377932a08adf0980428760dab0b43e4f529a4a9a	created	2026-11-24 13:01:23.660904+00
19	valley-1	\\x93e5e145aa99df80d151e635260c7a195c721f4f079fd583d3cc5029ea7d8643	created	2026-11-24 13:01:24.435422+00
19	valley-2	\\xde7a7ce46c68e55cdc220329f1d734deae24025c202b87f6d4975413c40e678e	limit:budget	2026-11-24 13:01:24.435511+00
20	valley-4	\\x4971a520cf815ba3aad39cabdba26d26375211345b9376fe2ba9463bbec33654	created	2026-11-24 13:01:24.435521+00
21	valley-3	\\x1783e96aa7771559123b6c4fae24116160ce3ea0361ae04a58eebbcb7ba656cc	created	2026-11-24 13:01:24.435529+00
\.

COPY ledger.transfer (book_id, journal_no, line, debit_account_id, credit_account_id, amount, effective_on, rule, obligation_id) FROM stdin;
1	1	1	2	1	1874000000	2023-01-01	P0	\N
1	2	1	3	4	500000000	2023-02-01	G0'	\N
1	3	1	6	5	150000000	2023-03-15	G1	d94a6be6-17e9-30cb-ca6f-118bac00e0b0
1	3	2	4	3	150000000	2023-03-15	G1c'	\N
2	1	1	8	7	1874000000	2023-01-01	P0	\N
2	2	1	11	12	41055121	2023-01-16	A7'g	\N
2	3	1	8	13	364434	2023-01-16	A1	\N
2	4	1	9	10	72887	2023-01-16	A6	908ac044-b8ef-eeb7-3088-daa0633b1bca
2	5	1	11	12	429600000	2023-03-06	A7'g	\N
2	6	1	8	13	4296000	2023-03-06	A1	\N
2	7	1	9	10	859200	2023-03-06	A6	23fd8f4f-bc39-157b-09a2-4803d88c3420
3	1	1	15	14	1874000000	2023-01-01	P0	\N
4	1	1	17	16	1874000000	2023-01-01	P0	\N
5	1	1	19	18	1874000000	2023-01-01	P0	\N
6	1	1	21	20	1874000000	2023-01-01	P0	\N
6	2	1	23	24	16422048	2023-01-16	A7'r	\N
6	3	1	22	25	72887	2023-01-16	A6'	908ac044-b8ef-eeb7-3088-daa0633b1bca
6	4	1	23	24	171840000	2023-03-06	A7'r	\N
6	5	1	22	25	859200	2023-03-06	A6'	23fd8f4f-bc39-157b-09a2-4803d88c3420
7	1	1	27	26	13000000	2023-01-02	F0	\N
7	2	1	27	26	2000000	2023-01-02	F0	\N
8	1	1	28	29	1000000	2023-01-02	D1	\N
9	1	1	30	31	800000000	2023-02-01	G0	\N
9	2	1	30	31	500000000	2023-02-01	G0	\N
9	3	1	30	31	300000000	2023-02-01	G0	\N
9	4	1	33	35	240000000	2023-03-15	G1''	5cca8d37-be94-790c-5400-6a2a4e937b79
9	4	2	31	30	240000000	2023-03-15	G1c	\N
9	5	1	32	35	150000000	2023-03-15	G1''	d94a6be6-17e9-30cb-ca6f-118bac00e0b0
9	5	2	31	30	150000000	2023-03-15	G1c	\N
9	6	1	34	35	90000000	2023-03-15	G1''	3f3dd03b-9840-5fe2-a30e-90646b422711
9	6	2	31	30	90000000	2023-03-15	G1c	\N
10	1	1	37	36	1874000000	2023-01-01	P0	\N
11	1	1	39	38	1874000000	2023-01-01	P0	\N
11	2	1	40	41	800000000	2023-02-01	G0'	\N
11	3	1	43	42	240000000	2023-03-15	G1	5cca8d37-be94-790c-5400-6a2a4e937b79
11	3	2	41	40	240000000	2023-03-15	G1c'	\N
12	1	1	45	44	1874000000	2023-01-01	P0	\N
13	1	1	47	46	1874000000	2023-01-01	P0	\N
14	1	1	49	48	1874000000	2023-01-01	P0	\N
15	1	1	51	50	1874000000	2023-01-01	P0	\N
15	2	1	53	52	51318901	2023-01-16	A7	\N
15	3	1	53	52	537000000	2023-03-06	A7	\N
16	1	1	55	54	1874000000	2023-01-01	P0	\N
16	2	1	56	57	300000000	2023-02-01	G0'	\N
16	3	1	59	58	90000000	2023-03-15	G1	3f3dd03b-9840-5fe2-a30e-90646b422711
16	3	2	57	56	90000000	2023-03-15	G1c'	\N
17	1	1	61	60	1874000000	2023-01-01	P0	\N
18	1	1	63	62	1874000000	2023-01-01	P0	\N
2	8	1	64	65	2000000	2023-03-31	S2'	10701263-eae7-2081-0b00-80c45bae6bd5
7	3	1	26	66	2000000	2023-03-31	S2	10701263-eae7-2081-0b00-80c45bae6bd5
1	4	1	5	2	150000000	2023-04-01	N1	\N
2	9	1	10	8	932087	2023-04-01	N1	\N
2	10	1	8	64	2000000	2023-04-01	N1'	\N
6	6	1	21	22	932087	2023-04-01	N1'	\N
7	4	1	66	27	2000000	2023-04-01	N1	\N
9	7	1	67	32	150000000	2023-04-01	N1'	\N
9	8	1	67	33	240000000	2023-04-01	N1'	\N
9	9	1	67	34	90000000	2023-04-01	N1'	\N
11	4	1	42	39	240000000	2023-04-01	N1	\N
16	4	1	58	55	90000000	2023-04-01	N1	\N
2	11	1	12	11	41055121	2023-07-15	A8'g	\N
6	7	1	24	23	16422048	2023-07-15	A8'r	\N
6	8	1	23	24	42240000	2023-07-19	A7'r	\N
6	9	1	69	25	124984	2023-07-19	A6'	1d3f6662-9e8d-7ae4-8dcc-dca3a8146729
6	10	1	23	24	102400000	2023-08-09	A7'r	\N
6	11	1	68	25	921600	2023-08-09	A6'	15c1d758-94ac-eb92-e886-d413ab37adc4
10	2	1	72	73	256000000	2023-08-09	A7'g	\N
10	3	1	37	74	4608000	2023-08-09	A1	\N
10	4	1	70	71	921600	2023-08-09	A6	15c1d758-94ac-eb92-e886-d413ab37adc4
13	2	1	76	75	132000000	2023-07-19	A7	\N
15	4	1	52	53	51318901	2023-07-15	A8	\N
15	4	2	52	77	1103356	2023-07-15	A8i	\N
17	2	1	80	81	105600000	2023-07-19	A7'g	\N
17	3	1	61	82	624921	2023-07-19	A1	\N
17	4	1	78	79	124984	2023-07-19	A6	1d3f6662-9e8d-7ae4-8dcc-dca3a8146729
18	2	1	84	83	320000000	2023-08-09	A7	\N
6	12	1	21	68	921600	2023-10-01	N1'	\N
6	13	1	21	69	124984	2023-10-01	N1'	\N
10	5	1	71	37	921600	2023-10-01	N1	\N
17	5	1	79	61	124984	2023-10-01	N1	\N
9	10	1	86	85	16000000	2023-12-20	G3	\N
9	11	1	86	85	10000000	2023-12-20	G3	\N
9	12	1	86	85	6000000	2023-12-20	G3	\N
13	3	1	75	76	66000000	2023-10-17	A8	\N
13	3	2	75	87	1369500	2023-10-17	A8i	\N
2	12	1	12	11	429600000	2024-03-05	A8'g	\N
4	2	1	88	89	2353395160	2024-02-10	A7'i	\N
4	3	1	91	90	58834879	2024-02-10	A9	\N
4	4	1	17	91	29417439	2024-02-19	A9p	\N
6	14	1	24	23	42240000	2024-01-15	A8'r	\N
6	15	1	24	23	171840000	2024-03-05	A8'r	\N
6	16	1	23	24	129600000	2024-03-18	A7'r	\N
6	17	1	69	25	1944000	2024-03-18	A6'	bdf62a42-25a8-8bcd-5bfa-a7e78e22f8e7
7	5	1	27	26	17000000	2024-01-02	F0	\N
7	6	1	27	26	1000000	2024-01-02	F0	\N
8	2	1	28	29	1000000	2024-01-02	D1	\N
13	4	1	75	76	66000000	2024-01-15	A8	\N
13	4	2	75	87	684750	2024-01-15	A8i	\N
15	5	1	52	53	537000000	2024-03-05	A8	\N
15	5	2	52	77	20689417	2024-03-05	A8i	\N
17	6	1	81	80	105600000	2024-01-15	A8'g	\N
17	7	1	80	81	324000000	2024-03-18	A7'g	\N
17	8	1	61	82	9720000	2024-03-18	A1	\N
17	9	1	78	79	1944000	2024-03-18	A6	bdf62a42-25a8-8bcd-5bfa-a7e78e22f8e7
18	3	1	84	83	405000000	2024-03-18	A7	\N
6	18	1	21	69	1944000	2024-04-01	N1'	\N
17	10	1	79	61	1944000	2024-04-01	N1	\N
1	5	1	6	5	200000000	2024-04-10	G1	f8277412-c05e-d8a5-1032-d3736f159f35
1	5	2	4	3	200000000	2024-04-10	G1c'	\N
2	13	1	11	12	345600000	2024-04-23	A7'g	\N
2	14	1	8	13	12441600	2024-04-23	A1	\N
2	15	1	9	10	2488320	2024-04-23	A6	bb2b41a6-ed1b-cedf-d99d-1ff3a8ff22e0
6	19	1	23	24	138240000	2024-04-23	A7'r	\N
6	20	1	22	25	2488320	2024-04-23	A6'	bb2b41a6-ed1b-cedf-d99d-1ff3a8ff22e0
9	13	1	33	35	320000000	2024-04-10	G1''	621ee219-b5bb-d864-2b02-29ae22ee16a0
9	13	2	31	30	320000000	2024-04-10	G1c	\N
9	14	1	32	35	200000000	2024-04-10	G1''	f8277412-c05e-d8a5-1032-d3736f159f35
9	14	2	31	30	200000000	2024-04-10	G1c	\N
9	15	1	34	35	120000000	2024-04-10	G1''	a02ab628-79e6-76e1-8966-cb2e545b1b31
9	15	2	31	30	120000000	2024-04-10	G1c	\N
11	5	1	43	42	320000000	2024-04-10	G1	621ee219-b5bb-d864-2b02-29ae22ee16a0
11	5	2	41	40	320000000	2024-04-10	G1c'	\N
12	2	1	93	92	432000000	2024-04-23	A7	\N
16	5	1	59	58	120000000	2024-04-10	G1	a02ab628-79e6-76e1-8966-cb2e545b1b31
16	5	2	57	56	120000000	2024-04-10	G1c'	\N
1	6	1	5	2	200000000	2024-07-01	N1	\N
2	16	1	10	8	2488320	2024-07-01	N1	\N
6	21	1	21	22	2488320	2024-07-01	N1'	\N
9	16	1	67	32	200000000	2024-07-01	N1'	\N
9	17	1	67	33	320000000	2024-07-01	N1'	\N
9	18	1	67	34	120000000	2024-07-01	N1'	\N
11	6	1	42	39	320000000	2024-07-01	N1	\N
16	6	1	58	55	120000000	2024-07-01	N1	\N
5	2	1	95	94	203473364	2024-07-05	A7	\N
6	22	1	23	24	65111476	2024-07-05	A7'r	\N
6	23	1	68	25	192659	2024-07-05	A6'	abab0aab-5f2b-df15-9d66-aeaff19adf84
6	24	1	24	23	102400000	2024-08-08	A8'r	\N
10	6	1	72	73	162778691	2024-07-05	A7'g	\N
10	7	1	37	74	963293	2024-07-05	A1	\N
10	8	1	70	71	192659	2024-07-05	A6	abab0aab-5f2b-df15-9d66-aeaff19adf84
10	9	1	73	72	256000000	2024-08-08	A8'g	\N
18	4	1	83	84	320000000	2024-08-08	A8	\N
18	4	2	83	96	16060000	2024-08-08	A8i	\N
7	7	1	26	97	240823	2024-09-30	S2	b93c8ade-b542-6eb3-1c1f-429f218d58e3
10	10	1	98	99	240823	2024-09-30	S2'	b93c8ade-b542-6eb3-1c1f-429f218d58e3
6	25	1	21	68	192659	2024-10-01	N1'	\N
7	8	1	97	27	240823	2024-10-01	N1	\N
10	11	1	71	37	192659	2024-10-01	N1	\N
10	12	1	37	98	240823	2024-10-01	N1'	\N
5	3	1	94	95	101736682	2024-10-03	A8	\N
5	3	2	94	100	1882129	2024-10-03	A8i	\N
9	19	1	85	86	20000000	2024-12-20	G3'	\N
9	20	1	85	86	12500000	2024-12-20	G3'	\N
9	21	1	85	86	7500000	2024-12-20	G3'	\N
4	5	1	101	91	17000000	2024-12-31	S1'	e4750110-e1d2-c65e-f7a2-430ea0b2f7f1
7	9	1	26	102	17000000	2024-12-31	S1	e4750110-e1d2-c65e-f7a2-430ea0b2f7f1
4	6	1	17	101	17000000	2025-01-01	N1'	\N
7	10	1	102	27	17000000	2025-01-01	N1	\N
2	17	1	11	12	400000000	2025-03-01	A7'g	\N
2	18	1	8	13	7200000	2025-03-01	A1	\N
2	19	1	9	10	1440000	2025-03-01	A6	58e4e974-a8f1-955c-d3dc-c86424db43b0
2	20	1	11	12	322400000	2025-03-20	A7'g	\N
2	21	1	8	13	3868800	2025-03-20	A1	\N
2	22	1	9	10	773760	2025-03-20	A6	13c0cf30-5909-0493-25c2-4ea5fbd1800b
4	7	1	17	91	12417440	2025-02-20	A9p	\N
4	8	1	88	89	403000000	2025-03-11	A7'i	\N
4	9	1	91	90	3224000	2025-03-11	A9	\N
4	10	1	17	91	1612000	2025-03-20	A9p	\N
5	4	1	94	95	101736682	2025-01-01	A8	\N
5	4	2	94	100	941064	2025-01-01	A8i	\N
6	26	1	24	23	65111476	2025-01-01	A8'r	\N
6	27	1	23	24	160000000	2025-03-01	A7'r	\N
6	28	1	22	25	1440000	2025-03-01	A6'	58e4e974-a8f1-955c-d3dc-c86424db43b0
6	29	1	23	24	128960000	2025-03-20	A7'r	\N
6	30	1	22	25	773760	2025-03-20	A6'	13c0cf30-5909-0493-25c2-4ea5fbd1800b
7	11	1	27	26	4000000	2025-01-02	F0	\N
7	12	1	27	26	2000000	2025-01-02	F0	\N
8	3	1	28	29	1000000	2025-01-02	D1	\N
10	13	1	73	72	162778691	2025-01-01	A8'g	\N
12	3	1	93	92	500000000	2025-03-01	A7	\N
14	2	1	103	104	500000000	2025-02-18	A7'i	\N
14	3	1	106	105	4000000	2025-02-18	A9	\N
14	4	1	49	106	2000000	2025-02-27	A9p	\N
18	5	1	84	83	403000000	2025-03-20	A7	\N
2	23	1	64	65	967200	2025-03-31	S2'	32675b84-d532-f4b7-54f3-40e98ba820be
7	13	1	26	66	967200	2025-03-31	S2	32675b84-d532-f4b7-54f3-40e98ba820be
2	24	1	10	8	2213760	2025-04-01	N1	\N
2	25	1	8	64	967200	2025-04-01	N1'	\N
6	31	1	21	22	2213760	2025-04-01	N1'	\N
7	14	1	66	27	967200	2025-04-01	N1	\N
6	32	1	23	24	84800000	2025-06-10	A7'r	\N
6	33	1	69	25	424000	2025-06-10	A6'	0ad9cfa0-7e89-952b-1526-a2328f826263
12	4	1	92	93	216000000	2025-04-23	A8	\N
12	4	2	92	107	13797000	2025-04-23	A8i	\N
12	5	1	93	92	265000000	2025-06-10	A7	\N
17	11	1	80	81	212000000	2025-06-10	A7'g	\N
17	12	1	61	82	2120000	2025-06-10	A1	\N
17	13	1	78	79	424000	2025-06-10	A6	0ad9cfa0-7e89-952b-1526-a2328f826263
7	15	1	26	108	1032800	2025-06-30	S2	4236cfd0-cf5d-a3d9-e987-7cc210089aa2
17	14	1	109	110	1032800	2025-06-30	S2'	4236cfd0-cf5d-a3d9-e987-7cc210089aa2
6	34	1	21	69	424000	2025-07-01	N1'	\N
7	16	1	108	27	1032800	2025-07-01	N1	\N
17	15	1	79	61	424000	2025-07-01	N1	\N
17	16	1	61	109	1032800	2025-07-01	N1'	\N
1	7	1	111	6	125000000	2025-09-05	G6	900e6f9c-7d67-e5d6-edac-b614a99e05c1
4	11	1	88	89	202000000	2025-09-28	A7'i	\N
4	12	1	91	90	808000	2025-09-28	A9	\N
6	35	1	23	24	15040000	2025-07-04	A7'r	\N
6	36	1	69	25	75200	2025-07-04	A6'	a257531f-7e25-1320-d819-80c64aecd854
9	22	1	35	113	200000000	2025-09-05	G5	fc0974ec-33d5-4dc2-c22e-eb67dbe27cf4
9	23	1	35	112	125000000	2025-09-05	G5	900e6f9c-7d67-e5d6-edac-b614a99e05c1
9	24	1	35	114	75000000	2025-09-05	G5	100bab7e-118a-af71-56dd-d746d8962bd8
11	7	1	115	43	200000000	2025-09-05	G6	fc0974ec-33d5-4dc2-c22e-eb67dbe27cf4
12	6	1	93	92	47000000	2025-07-04	A7	\N
12	7	1	92	93	250000000	2025-08-30	A8	\N
12	7	2	92	107	12638889	2025-08-30	A8i	\N
14	5	1	103	104	47000000	2025-07-03	A7'i	\N
14	6	1	106	105	211500	2025-07-03	A9	\N
14	7	1	49	106	105750	2025-07-12	A9p	\N
16	7	1	116	59	75000000	2025-09-05	G6	100bab7e-118a-af71-56dd-d746d8962bd8
17	17	1	80	81	37600000	2025-07-04	A7'g	\N
17	18	1	61	82	376000	2025-07-04	A1	\N
17	19	1	78	79	75200	2025-07-04	A6	a257531f-7e25-1320-d819-80c64aecd854
1	8	1	2	111	125000000	2025-10-01	N1'	\N
6	37	1	21	69	75200	2025-10-01	N1'	\N
9	25	1	112	67	125000000	2025-10-01	N1	\N
9	26	1	113	67	200000000	2025-10-01	N1	\N
9	27	1	114	67	75000000	2025-10-01	N1	\N
11	8	1	39	115	200000000	2025-10-01	N1'	\N
16	8	1	55	116	75000000	2025-10-01	N1'	\N
17	20	1	79	61	75200	2025-10-01	N1	\N
2	26	1	11	12	161600000	2025-10-09	A7'g	\N
2	27	1	8	13	3878400	2025-10-09	A1	\N
2	28	1	9	10	775680	2025-10-09	A6	c6f92b88-4689-bede-5ab1-043e9b4e7eed
4	13	1	17	91	404000	2025-10-07	A9p	\N
6	38	1	23	24	64640000	2025-10-09	A7'r	\N
6	39	1	22	25	775680	2025-10-09	A6'	c6f92b88-4689-bede-5ab1-043e9b4e7eed
9	28	1	86	85	66666666	2025-12-20	G3	\N
9	29	1	86	85	41666666	2025-12-20	G3	\N
9	30	1	86	85	25000000	2025-12-20	G3	\N
13	5	1	76	75	202000000	2025-10-09	A7	\N
4	14	1	101	91	1564384	2025-12-31	S1'	0860d8ce-1859-67c7-97b6-4d51abce9cd4
4	15	1	101	91	392067	2025-12-31	S1'	b1a81109-4328-98b8-c3f3-9cac062fafa7
7	17	1	26	117	1940923	2025-12-31	S1	4b8f2257-52ee-8184-f8e4-6068eee6b847
7	18	1	26	102	1564384	2025-12-31	S1	0860d8ce-1859-67c7-97b6-4d51abce9cd4
7	19	1	26	117	102626	2025-12-31	S1	5e2c354b-cca8-1b8c-846d-a800f8fbb01a
7	20	1	26	102	392067	2025-12-31	S1	b1a81109-4328-98b8-c3f3-9cac062fafa7
14	8	1	118	106	1940923	2025-12-31	S1'	4b8f2257-52ee-8184-f8e4-6068eee6b847
14	9	1	118	106	102626	2025-12-31	S1'	5e2c354b-cca8-1b8c-846d-a800f8fbb01a
2	29	1	10	8	775680	2026-01-01	N1	\N
4	16	1	17	101	1956451	2026-01-01	N1'	\N
6	40	1	21	22	775680	2026-01-01	N1'	\N
7	21	1	102	27	1956451	2026-01-01	N1	\N
7	22	1	117	27	2043549	2026-01-01	N1	\N
14	10	1	49	118	2043549	2026-01-01	N1'	\N
19	1	1	121	119	500000	2026-12-03	F0	\N
19	2	1	121	120	8	2026-12-03	P0	\N
20	1	1	124	123	120000	2026-12-03	G1	6f1b0c5e-0d0e-4a55-9c0b-1f2e3d4c5b6a
20	2	1	123	122	7	2026-12-03	P0	\N
20	2	2	123	122	9	2026-12-03	P0	\N
21	1	1	125	126	120000	2026-12-03	G1	6f1b0c5e-0d0e-4a55-9c0b-1f2e3d4c5b6a
\.

COPY product.contract (contract_id, product, currency, loan_id, parties, amounts, facts) FROM stdin;
CAPITAL-01	party	CNY	\N	{"party": "松澜银行"}	{"capital": 1874000000}	{}
CAPITAL-02	party	CNY	\N	{"party": "镜泽银行"}	{"capital": 1874000000}	{}
CAPITAL-03	party	CNY	\N	{"party": "云杉银行"}	{"capital": 1874000000}	{}
CAPITAL-04	party	CNY	\N	{"party": "霁川银行"}	{"capital": 1874000000}	{}
CAPITAL-05	party	CNY	\N	{"party": "岚江银行"}	{"capital": 1874000000}	{}
CAPITAL-06	party	CNY	\N	{"party": "穗原银行"}	{"capital": 1874000000}	{}
CAPITAL-07	party	CNY	\N	{"party": "松澜科技融资担保"}	{"capital": 1874000000}	{}
CAPITAL-08	party	CNY	\N	{"party": "云杉融资担保"}	{"capital": 1874000000}	{}
CAPITAL-09	party	CNY	\N	{"party": "霁川融资担保"}	{"capital": 1874000000}	{}
CAPITAL-10	party	CNY	\N	{"party": "松澜省再担保"}	{"capital": 1874000000}	{}
CAPITAL-11	party	CNY	\N	{"party": "镜泽财产保险"}	{"capital": 1874000000}	{}
CAPITAL-12	party	CNY	\N	{"party": "岚江财产保险"}	{"capital": 1874000000}	{}
CAPITAL-13	party	CNY	\N	{"party": "松澜财政出资平台"}	{"capital": 1874000000}	{}
CAPITAL-14	party	CNY	\N	{"party": "云杉产业投资"}	{"capital": 1874000000}	{}
CAPITAL-15	party	CNY	\N	{"party": "霁川创业投资"}	{"capital": 1874000000}	{}
POOL	pool	CNY	\N	{"government": "松澜省风险补偿资金池"}	{"funding": 1000000}	{"scheme": "example-four-party"}
BUDGET-PREMIUMS	budget	CNY	\N	{"finance": "松澜省财政厅"}	{"appropriated": 13000000}	{"scheme": "example-premium-subsidy"}
BUDGET-FEES	budget	CNY	\N	{"finance": "松澜省财政厅"}	{"appropriated": 2000000}	{"scheme": "example-fee-reduction"}
SL2023-00001	loan	CNY	SL2023-00001	{"bank": "镜泽银行", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 51318901, "guaranteed": 41055121}	{"class": "专精特新企业", "scheme": "example-four-party", "insured": "no", "borrower": "松澜翊维环保科技有限公司", "currency": "CNY"}
SL2023-00001:G	guarantee	CNY	SL2023-00001	{"bank": "镜泽银行", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 41055121}	{"loan": "SL2023-00001"}
SL2023-00001:R	reguarantee	CNY	SL2023-00001	{"bank": "镜泽银行", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 16422048}	{"guarantee": "SL2023-00001:G"}
FUND-1	fund	CNY	\N	{"fund": "松澜科创引导基金", "investor": "松澜财政出资平台"}	{"commitment": 800000000}	{}
FUND-2	fund	CNY	\N	{"fund": "松澜科创引导基金", "investor": "云杉产业投资"}	{"commitment": 500000000}	{}
FUND-3	fund	CNY	\N	{"fund": "松澜科创引导基金", "investor": "霁川创业投资"}	{"commitment": 300000000}	{}
SL2023-00002	loan	CNY	SL2023-00002	{"bank": "镜泽银行", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 537000000, "guaranteed": 429600000}	{"class": "专精特新企业", "scheme": "example-four-party", "insured": "no", "borrower": "镜泽芷图数据科技有限公司", "currency": "CNY"}
SL2023-00002:G	guarantee	CNY	SL2023-00002	{"bank": "镜泽银行", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 429600000}	{"loan": "SL2023-00002"}
SL2023-00002:R	reguarantee	CNY	SL2023-00002	{"bank": "镜泽银行", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 171840000}	{"guarantee": "SL2023-00002:G"}
SL2023-00003	loan	CNY	SL2023-00003	{"bank": "穗原银行", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 132000000, "guaranteed": 105600000}	{"class": "专精特新企业", "scheme": "example-four-party", "insured": "no", "borrower": "砚湖屹衍医疗器械科技有限公司", "currency": "CNY"}
SL2023-00003:G	guarantee	CNY	SL2023-00003	{"bank": "穗原银行", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 105600000}	{"loan": "SL2023-00003"}
SL2023-00003:R	reguarantee	CNY	SL2023-00003	{"bank": "穗原银行", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 42240000}	{"guarantee": "SL2023-00003:G"}
SL2023-00004	loan	CNY	SL2023-00004	{"bank": "霁川银行", "guarantor": "松澜科技融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 320000000, "guaranteed": 256000000}	{"class": "科技型中小企业", "scheme": "example-four-party", "insured": "no", "borrower": "沐野聆格智能装备科技有限公司", "currency": "CNY"}
SL2023-00004:G	guarantee	CNY	SL2023-00004	{"bank": "霁川银行", "guarantor": "松澜科技融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 256000000}	{"loan": "SL2023-00004"}
SL2023-00004:R	reguarantee	CNY	SL2023-00004	{"bank": "霁川银行", "guarantor": "松澜科技融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 102400000}	{"guarantee": "SL2023-00004:G"}
PX-0001	insurance	CNY	\N	{"insurer": "岚江财产保险"}	{"insured": 2353395160}	{"enterprise": "镜泽昱联医疗器械科技有限公司"}
SL2024-00001	loan	CNY	SL2024-00001	{"bank": "霁川银行", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 405000000, "guaranteed": 324000000}	{"class": "科技型中小企业", "scheme": "example-four-party", "insured": "no", "borrower": "澄渡弈帆新材料科技有限公司", "currency": "CNY"}
SL2024-00001:G	guarantee	CNY	SL2024-00001	{"bank": "霁川银行", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 324000000}	{"loan": "SL2024-00001"}
SL2024-00001:R	reguarantee	CNY	SL2024-00001	{"bank": "霁川银行", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 129600000}	{"guarantee": "SL2024-00001:G"}
SL2024-00002	loan	CNY	SL2024-00002	{"bank": "松澜银行", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 432000000, "guaranteed": 345600000}	{"class": "高新技术企业", "scheme": "example-four-party", "insured": "no", "borrower": "砚湖湛码农业科技有限公司", "currency": "CNY"}
SL2024-00002:G	guarantee	CNY	SL2024-00002	{"bank": "松澜银行", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 345600000}	{"loan": "SL2024-00002"}
SL2024-00002:R	reguarantee	CNY	SL2024-00002	{"bank": "松澜银行", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 138240000}	{"guarantee": "SL2024-00002:G"}
SL2024-00003	loan	CNY	SL2024-00003	{"bank": "岚江银行", "guarantor": "松澜科技融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 203473364, "guaranteed": 162778691}	{"class": "专精特新企业", "scheme": "example-four-party", "insured": "no", "borrower": "霁川沄联生物科技有限公司", "currency": "CNY"}
SL2024-00003:G	guarantee	CNY	SL2024-00003	{"bank": "岚江银行", "guarantor": "松澜科技融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 162778691}	{"loan": "SL2024-00003"}
SL2024-00003:R	reguarantee	CNY	SL2024-00003	{"bank": "岚江银行", "guarantor": "松澜科技融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 65111476}	{"guarantee": "SL2024-00003:G"}
SL2025-00001	loan	CNY	SL2025-00001	{"bank": "松澜银行", "insurer": "镜泽财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 500000000, "guaranteed": 400000000}	{"class": "专精特新企业", "scheme": "example-four-party", "insured": "yes", "borrower": "松澜翊维环保科技有限公司", "currency": "CNY"}
SL2025-00001:I	insurance	CNY	SL2025-00001	{"bank": "松澜银行", "insurer": "镜泽财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"insured": 500000000}	{"loan": "SL2025-00001", "enterprise": "松澜翊维环保科技有限公司"}
SL2025-00001:G	guarantee	CNY	SL2025-00001	{"bank": "松澜银行", "insurer": "镜泽财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 400000000}	{"loan": "SL2025-00001"}
SL2025-00001:R	reguarantee	CNY	SL2025-00001	{"bank": "松澜银行", "insurer": "镜泽财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 160000000}	{"guarantee": "SL2025-00001:G"}
SL2025-00002	loan	CNY	SL2025-00002	{"bank": "霁川银行", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 403000000, "guaranteed": 322400000}	{"class": "高新技术企业", "scheme": "example-four-party", "insured": "yes", "borrower": "镜泽芷图数据科技有限公司", "currency": "CNY"}
SL2025-00002:I	insurance	CNY	SL2025-00002	{"bank": "霁川银行", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"insured": 403000000}	{"loan": "SL2025-00002", "enterprise": "镜泽芷图数据科技有限公司"}
SL2025-00002:G	guarantee	CNY	SL2025-00002	{"bank": "霁川银行", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 322400000}	{"loan": "SL2025-00002"}
SL2025-00002:R	reguarantee	CNY	SL2025-00002	{"bank": "霁川银行", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 128960000}	{"guarantee": "SL2025-00002:G"}
SL2025-00003	loan	CNY	SL2025-00003	{"bank": "松澜银行", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 265000000, "guaranteed": 212000000}	{"class": "科技型中小企业", "scheme": "example-four-party", "insured": "no", "borrower": "镜泽昱联医疗器械科技有限公司", "currency": "CNY"}
SL2025-00003:G	guarantee	CNY	SL2025-00003	{"bank": "松澜银行", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 212000000}	{"loan": "SL2025-00003"}
SL2025-00003:R	reguarantee	CNY	SL2025-00003	{"bank": "松澜银行", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 84800000}	{"guarantee": "SL2025-00003:G"}
SL2025-00004	loan	CNY	SL2025-00004	{"bank": "松澜银行", "insurer": "镜泽财产保险", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 47000000, "guaranteed": 37600000}	{"class": "高新技术企业", "scheme": "example-four-party", "insured": "yes", "borrower": "桐屿湛帆环保科技有限公司", "currency": "CNY"}
SL2025-00004:I	insurance	CNY	SL2025-00004	{"bank": "松澜银行", "insurer": "镜泽财产保险", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"insured": 47000000}	{"loan": "SL2025-00004", "enterprise": "桐屿湛帆环保科技有限公司"}
SL2025-00004:G	guarantee	CNY	SL2025-00004	{"bank": "松澜银行", "insurer": "镜泽财产保险", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 37600000}	{"loan": "SL2025-00004"}
SL2025-00004:R	reguarantee	CNY	SL2025-00004	{"bank": "松澜银行", "insurer": "镜泽财产保险", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 15040000}	{"guarantee": "SL2025-00004:G"}
SL2025-00005	loan	CNY	SL2025-00005	{"bank": "穗原银行", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"approved": 202000000, "guaranteed": 161600000}	{"class": "高新技术企业", "scheme": "example-four-party", "insured": "yes", "borrower": "砚湖湛码农业科技有限公司", "currency": "CNY"}
SL2025-00005:I	insurance	CNY	SL2025-00005	{"bank": "穗原银行", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"insured": 202000000}	{"loan": "SL2025-00005", "enterprise": "砚湖湛码农业科技有限公司"}
SL2025-00005:G	guarantee	CNY	SL2025-00005	{"bank": "穗原银行", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 161600000}	{"loan": "SL2025-00005"}
SL2025-00005:R	reguarantee	CNY	SL2025-00005	{"bank": "穗原银行", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	{"guaranteed": 64640000}	{"guarantee": "SL2025-00005:G"}
\.

COPY product.event (event_id, kind, contract_id, effective_on, booked_on, amounts, facts, digest, import_no, actor, seq, recorded_at) FROM stdin;
CAPITAL-01/funded	party.funded	CAPITAL-01	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "松澜银行"}	\\xd519d39c78e8b69ff26cffecc2058ca995df71aa88bb135f01018dcd904f3d56	\N	office	1	2026-11-24 13:01:22.557854+00
CAPITAL-02/funded	party.funded	CAPITAL-02	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "镜泽银行"}	\\x2e57b9c2cace1a3ac67466b64f3f5c698efebf1d6db64b16c75ffdca86df49ec	\N	office	2	2026-11-24 13:01:22.557996+00
CAPITAL-03/funded	party.funded	CAPITAL-03	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "云杉银行"}	\\x5aa7c056c4dd14f1ca48794df4066864dbc46f7c97977c57ddb9f77cae776897	\N	office	3	2026-11-24 13:01:22.558005+00
CAPITAL-04/funded	party.funded	CAPITAL-04	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "霁川银行"}	\\x2e3db82684d16e891b6b8ceaee1b51f7bbd8538ca11d381391b5a750bc714718	\N	office	4	2026-11-24 13:01:22.55801+00
CAPITAL-05/funded	party.funded	CAPITAL-05	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "岚江银行"}	\\x2f23f2875bde9b28c1961c7c8c0ad0bba888bf01c98b8c70b68eeb6c534dd4f3	\N	office	5	2026-11-24 13:01:22.558014+00
CAPITAL-06/funded	party.funded	CAPITAL-06	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "穗原银行"}	\\x4ae71749f981c5bb5adbb2d90ab2a1a7bce0ec4aaacacdbc627a470b74065dcb	\N	office	6	2026-11-24 13:01:22.558018+00
CAPITAL-07/funded	party.funded	CAPITAL-07	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "松澜科技融资担保"}	\\xb013dfade685da31a2d28c96413b4fb4ec32d66dd8ad8457f0c20744554865c4	\N	office	7	2026-11-24 13:01:22.558022+00
CAPITAL-08/funded	party.funded	CAPITAL-08	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "云杉融资担保"}	\\xe22626f35f6d5ee62acf11d9765ccfbb394f50d87677644eef600269ffa2741e	\N	office	8	2026-11-24 13:01:22.558026+00
CAPITAL-09/funded	party.funded	CAPITAL-09	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "霁川融资担保"}	\\x6d9fb5304a2eb997eba836aeab2acff8080305f43f2edad09a1bbefd53aac3b6	\N	office	9	2026-11-24 13:01:22.55803+00
CAPITAL-10/funded	party.funded	CAPITAL-10	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "松澜省再担保"}	\\x1d8fa5e17926e33ccf3cc05680af82b3b6b1d0bc6af4171c67f54308356e18f4	\N	office	10	2026-11-24 13:01:22.558034+00
CAPITAL-11/funded	party.funded	CAPITAL-11	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "镜泽财产保险"}	\\xe92507977159084f60f54dd0d89a1b85c84672650e437cd06c124f6769844a16	\N	office	11	2026-11-24 13:01:22.558039+00
CAPITAL-12/funded	party.funded	CAPITAL-12	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "岚江财产保险"}	\\xd073b9834259ef07879ab73d388d5707cf9d58debd12299e3bcb25fb3ed9aa3a	\N	office	12	2026-11-24 13:01:22.558043+00
CAPITAL-13/funded	party.funded	CAPITAL-13	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "松澜财政出资平台"}	\\xeefecebe3323492f8df6450bfa9568d377990d0b77d615780561b23db4785963	\N	office	13	2026-11-24 13:01:22.558047+00
CAPITAL-14/funded	party.funded	CAPITAL-14	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "云杉产业投资"}	\\x3fba803b707bb84922049e53231315d47cac923e4c03dff80633621b53d2a655	\N	office	14	2026-11-24 13:01:22.558051+00
CAPITAL-15/funded	party.funded	CAPITAL-15	2023-01-01	2023-01-01	{"capital": 1874000000}	{"party": "霁川创业投资"}	\\x76d69a4ba4eceaad89f5d9768ff8ed1ef6913e6af6a7ac2300d8a19e27499136	\N	office	15	2026-11-24 13:01:22.558055+00
POOL/funded-1	pool.funded	POOL	2023-01-02	2023-01-02	{"funding": 1000000}	{"scheme": "example-four-party", "government": "松澜省风险补偿资金池"}	\\xb0f9624501c75eba710d990378a5be5d27b76887325bd1e9eb5b44665e614941	\N	office	16	2026-11-24 13:01:22.55806+00
BUDGET-PREMIUMS/appropriated-1	budget.appropriated	BUDGET-PREMIUMS	2023-01-02	2023-01-02	{"appropriated": 13000000}	{"scheme": "example-premium-subsidy", "finance": "松澜省财政厅"}	\\x89a640400d2b24865bf0234ffcf016156fe6a26e4679cc0754dfe9139465d8b0	\N	office	17	2026-11-24 13:01:22.558101+00
BUDGET-FEES/appropriated-1	budget.appropriated	BUDGET-FEES	2023-01-02	2023-01-02	{"appropriated": 2000000}	{"scheme": "example-fee-reduction", "finance": "松澜省财政厅"}	\\x59d1c8ec6c446dfc84ae690278bbbf8c94604ea66e0a4caf137fca0b27d6de09	\N	office	18	2026-11-24 13:01:22.558108+00
SL2023-00001/registered	loan.registered	SL2023-00001	2023-01-07	2023-01-07	{"approved": 51318901, "guaranteed": 41055121}	{"bank": "镜泽银行", "class": "专精特新企业", "scheme": "example-four-party", "insured": "no", "borrower": "松澜翊维环保科技有限公司", "currency": "CNY", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\x47ff1611c16b6e93029cc7a999777a20fd55e2266e0067f50b51bdaed30dd4a5	\N	office	19	2026-11-24 13:01:22.558119+00
SL2023-00001/disbursed	loan.disbursed	SL2023-00001	2023-01-16	2023-01-16	{"principal": 51318901}	{}	\\x751c8baaddb9b92078500264a3b874e20d2bcae03f8473a20aae2f4c15ba804f	\N	office	20	2026-11-24 13:01:22.558124+00
SL2023-00001:G/issued	guarantee.issued	SL2023-00001:G	2023-01-16	2023-01-16	{"guaranteed": 41055121}	{"loan": "SL2023-00001", "guarantor": "云杉融资担保"}	\\xb1c814cb73df64f75e276f90503fea1d9860b83860a55d5e00b74f7da2be2b1d	\N	office	21	2026-11-24 13:01:22.55813+00
SL2023-00001:G/fee_charged	guarantee.fee_charged	SL2023-00001:G	2023-01-16	2023-01-16	{"fee": 364434}	{}	\\xbf1e5264f7c2cca2e498596da5633547f0811ef5d1530ce2a94e48fb872764b2	\N	office	22	2026-11-24 13:01:22.558135+00
SL2023-00001:R/issued	reguarantee.issued	SL2023-00001:R	2023-01-16	2023-01-16	{"guaranteed": 16422048}	{"guarantee": "SL2023-00001:G", "reguarantor": "松澜省再担保"}	\\xc98f8fe90073bd9135c2a6a047b6033fab34ca1b7e64aa1a5f56cd2e61d61932	\N	office	23	2026-11-24 13:01:22.55814+00
SL2023-00001:R/fee_charged	reguarantee.fee_charged	SL2023-00001:R	2023-01-16	2023-01-16	{"fee": 72887}	{}	\\x88ae943e432da60676a412cea2c0891dd5eb375fa881dd3d1f950b698a634610	\N	office	24	2026-11-24 13:01:22.558144+00
FUND-1/committed	fund.committed	FUND-1	2023-02-01	2023-02-01	{"commitment": 800000000}	{"fund": "松澜科创引导基金", "investor": "松澜财政出资平台"}	\\xad53f0f8466123423b5448763a42594e6dfe3275c0c96f06f7bf2bdea8038805	\N	office	25	2026-11-24 13:01:22.558149+00
FUND-2/committed	fund.committed	FUND-2	2023-02-01	2023-02-01	{"commitment": 500000000}	{"fund": "松澜科创引导基金", "investor": "云杉产业投资"}	\\x6492f5aa70c7ebff922dbd12ff6d6234db51ee4480f5b94f465945d5ef507ca3	\N	office	26	2026-11-24 13:01:22.558154+00
FUND-3/committed	fund.committed	FUND-3	2023-02-01	2023-02-01	{"commitment": 300000000}	{"fund": "松澜科创引导基金", "investor": "霁川创业投资"}	\\xcc09b3eb199647d6cf2c4d76561aa2bf30de40e61b8e2c449433c73a4f402f15	\N	office	27	2026-11-24 13:01:22.558158+00
SL2023-00002/registered	loan.registered	SL2023-00002	2023-03-02	2023-03-02	{"approved": 537000000, "guaranteed": 429600000}	{"bank": "镜泽银行", "class": "专精特新企业", "scheme": "example-four-party", "insured": "no", "borrower": "镜泽芷图数据科技有限公司", "currency": "CNY", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\x2b929397540344811427fe20841d4c5cf94619a78f8751e41548adb95e195ca9	\N	office	28	2026-11-24 13:01:22.558167+00
SL2023-00002/disbursed	loan.disbursed	SL2023-00002	2023-03-06	2023-03-06	{"principal": 537000000}	{}	\\x7d429d7b04d862759fcf1fc6611953ac283318ebc5d497f4e7bc3fb834195f83	\N	office	29	2026-11-24 13:01:22.558172+00
SL2023-00002:G/issued	guarantee.issued	SL2023-00002:G	2023-03-06	2023-03-06	{"guaranteed": 429600000}	{"loan": "SL2023-00002", "guarantor": "云杉融资担保"}	\\x961b16fa61f7a74a8f1576ef33a02ca6373a33ac3b46cafa54e573956b07cc08	\N	office	30	2026-11-24 13:01:22.558176+00
SL2023-00002:G/fee_charged	guarantee.fee_charged	SL2023-00002:G	2023-03-06	2023-03-06	{"fee": 4296000}	{"days": "365", "rate": "1.00%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅"}	\\x1d194ced7d721b4c7dce254f1969ffd7605519dc51130831aa36a802ff7b531d	\N	office	31	2026-11-24 13:01:22.558182+00
SL2023-00002:R/issued	reguarantee.issued	SL2023-00002:R	2023-03-06	2023-03-06	{"guaranteed": 171840000}	{"guarantee": "SL2023-00002:G", "reguarantor": "松澜省再担保"}	\\x36578e1c9e3b2ce4b3b3bc6a7656ba5118d3fde83a097eb937560a6bf2d8d8a9	\N	office	32	2026-11-24 13:01:22.558187+00
SL2023-00002:R/fee_charged	reguarantee.fee_charged	SL2023-00002:R	2023-03-06	2023-03-06	{"fee": 859200}	{}	\\x0557cf8549ebe0341171c983574e5ede9bcd6d727f8a6d7d6302d177d9d3cc20	\N	office	33	2026-11-24 13:01:22.558191+00
FUND-1/capital_called-1	fund.capital_called	FUND-1	2023-03-15	2023-03-15	{"called": 240000000}	{}	\\x597d7bd7c2003345ab6f319d4a81b38fd96d978152a7dc5af4300e42750aaf5d	\N	office	34	2026-11-24 13:01:22.558196+00
FUND-2/capital_called-1	fund.capital_called	FUND-2	2023-03-15	2023-03-15	{"called": 150000000}	{}	\\x635515ab843fd2e5eb9e462c8c920ab852dab79a4d576619a6a85e02d84b2cf4	\N	office	35	2026-11-24 13:01:22.558632+00
FUND-3/capital_called-1	fund.capital_called	FUND-3	2023-03-15	2023-03-15	{"called": 90000000}	{}	\\xee28c9e5a70f99ef47bf125762895ecffaed8fb1627ae5b6230045220116e74d	\N	office	36	2026-11-24 13:01:22.558639+00
SL2023-00003/registered	loan.registered	SL2023-00003	2023-07-14	2023-07-14	{"approved": 132000000, "guaranteed": 105600000}	{"bank": "穗原银行", "class": "专精特新企业", "scheme": "example-four-party", "insured": "no", "borrower": "砚湖屹衍医疗器械科技有限公司", "currency": "CNY", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\xc05f455a52fb880702cdbf58d4494e7f12eb34883466dd75e49af8efe8992e11	\N	office	37	2026-11-24 13:01:22.750476+00
SL2023-00001/repaid-1	loan.repaid	SL2023-00001	2023-07-15	2023-07-15	{"interest": 1103356, "principal": 51318901}	{}	\\x2043b9ad137c080208e7134931c30a9e29ffe910017e26bf30c5c790aeb5da15	\N	office	38	2026-11-24 13:01:22.750511+00
SL2023-00001:G/released	guarantee.released	SL2023-00001:G	2023-07-15	2023-07-15	{}	{}	\\x80dd63c1d104bf4c8a2b786f9dd52ac51a633d4d420ab6b1cdb4b54c0aef0816	\N	office	39	2026-11-24 13:01:22.750517+00
SL2023-00001:R/released	reguarantee.released	SL2023-00001:R	2023-07-15	2023-07-15	{}	{}	\\x24e0d134491be717bddb25f24dec7ec828c1f32482b0bb08a7d3e1e3d4f13d2a	\N	office	40	2026-11-24 13:01:22.750522+00
SL2023-00003/disbursed	loan.disbursed	SL2023-00003	2023-07-19	2023-07-19	{"principal": 132000000}	{}	\\x0de6f7da6e8324500aca092aa4b3253a299ac640e10bb3c190a40d904e161958	\N	office	41	2026-11-24 13:01:22.750527+00
SL2023-00003:G/issued	guarantee.issued	SL2023-00003:G	2023-07-19	2023-07-19	{"guaranteed": 105600000}	{"loan": "SL2023-00003", "guarantor": "霁川融资担保"}	\\x657349f132c3da348d141920154b32c3b5f13d45ba47ec0c2e1e201109f39596	\N	office	42	2026-11-24 13:01:22.750533+00
SL2023-00003:G/fee_charged	guarantee.fee_charged	SL2023-00003:G	2023-07-19	2023-07-19	{"fee": 624921}	{"days": "180", "rate": "1.20%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅"}	\\x0c599dd700ba10a5fb8c86ff68df9b50d6cfbcc4509e288271bbf07aaf89c6ea	\N	office	43	2026-11-24 13:01:22.750539+00
SL2023-00003:R/issued	reguarantee.issued	SL2023-00003:R	2023-07-19	2023-07-19	{"guaranteed": 42240000}	{"guarantee": "SL2023-00003:G", "reguarantor": "松澜省再担保"}	\\x10e568b492fa3a56b4e43f88162706c8302702d5098650b7e5462252e557e57e	\N	office	44	2026-11-24 13:01:22.750544+00
SL2023-00003:R/fee_charged	reguarantee.fee_charged	SL2023-00003:R	2023-07-19	2023-07-19	{"fee": 124984}	{}	\\x77795457f5edc2d6680e4ad460d0ae2aaf5e2b8ce98c9cef481248636bf0c6e0	\N	office	45	2026-11-24 13:01:22.750548+00
SL2023-00004/registered	loan.registered	SL2023-00004	2023-07-31	2023-07-31	{"approved": 320000000, "guaranteed": 256000000}	{"bank": "霁川银行", "class": "科技型中小企业", "scheme": "example-four-party", "insured": "no", "borrower": "沐野聆格智能装备科技有限公司", "currency": "CNY", "guarantor": "松澜科技融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\xeb3c8685d8a0458c859b83c9058ebb75253067097f939e8571661ab9552e976b	\N	office	46	2026-11-24 13:01:22.750564+00
SL2023-00004/disbursed	loan.disbursed	SL2023-00004	2023-08-09	2023-08-09	{"principal": 320000000}	{}	\\xde945203a2356edad0b2638bdf264dc632d900341a458a2cf0172ebce6b719a9	\N	office	47	2026-11-24 13:01:22.750569+00
SL2023-00004:G/issued	guarantee.issued	SL2023-00004:G	2023-08-09	2023-08-09	{"guaranteed": 256000000}	{"loan": "SL2023-00004", "guarantor": "松澜科技融资担保"}	\\x7a49110f0b269d2ad1c161b109aa12855e336ba28724a8aacab0c9103fa82271	\N	office	48	2026-11-24 13:01:22.750635+00
SL2023-00004:G/fee_charged	guarantee.fee_charged	SL2023-00004:G	2023-08-09	2023-08-09	{"fee": 4608000}	{}	\\x749860db819136cc5062a1dfd9b00e4ef751b630a6659c0200050feebb4931af	\N	office	49	2026-11-24 13:01:22.750645+00
SL2023-00004:R/issued	reguarantee.issued	SL2023-00004:R	2023-08-09	2023-08-09	{"guaranteed": 102400000}	{"guarantee": "SL2023-00004:G", "reguarantor": "松澜省再担保"}	\\xaa9afe6407d273bafd675d2f2a5902aa0ba12972fec029cc0c0c6227a45ccab1	\N	office	50	2026-11-24 13:01:22.75065+00
SL2023-00004:R/fee_charged	reguarantee.fee_charged	SL2023-00004:R	2023-08-09	2023-08-09	{"fee": 921600}	{}	\\xc07db4bd71822dc02deef1e6aaabc14fd0596b282bd619ed624426f91b47edfc	\N	office	51	2026-11-24 13:01:22.750655+00
SL2023-00003/repaid-1	loan.repaid	SL2023-00003	2023-10-17	2023-10-17	{"interest": 1369500, "principal": 66000000}	{}	\\x6b036b262e87cfef12f58cd35e78511bb6f989b42074e55d641743058ff91cb4	\N	office	52	2026-11-24 13:01:22.837949+00
FUND-1/revalued-2	fund.revalued	FUND-1	2023-12-20	2023-12-20	{"gain": 16000000}	{}	\\xf7deb068ac909b9cbc26fcc99f41f48a2d9dd9f77b9d4c2cc9c2edf98a7cb353	\N	office	53	2026-11-24 13:01:22.837985+00
FUND-2/revalued-2	fund.revalued	FUND-2	2023-12-20	2023-12-20	{"gain": 10000000}	{}	\\xb0bbc95d14c01f1e03529e7a0ec6108ddc047c24fd8f70c0973823e820cf574e	\N	office	54	2026-11-24 13:01:22.837992+00
FUND-3/revalued-2	fund.revalued	FUND-3	2023-12-20	2023-12-20	{"gain": 6000000}	{}	\\x975c5739067a3391918fae31c0c579a456da40f605493c71fd7d3e59916941d8	\N	office	55	2026-11-24 13:01:22.837997+00
POOL/funded-2	pool.funded	POOL	2024-01-02	2024-01-02	{"funding": 1000000}	{"scheme": "example-four-party", "government": "松澜省风险补偿资金池"}	\\xd398c75c32d5bc88430617ecaa22a2dbd2f41faa5a7dc04d1392aa82498f6355	\N	office	56	2026-11-24 13:01:22.883304+00
BUDGET-PREMIUMS/appropriated-2	budget.appropriated	BUDGET-PREMIUMS	2024-01-02	2024-01-02	{"appropriated": 17000000}	{"scheme": "example-premium-subsidy", "finance": "松澜省财政厅"}	\\xc6f2156810f2434e444e51459bec74e9ae8cb54174e693d3e68cbd7507a07871	\N	office	57	2026-11-24 13:01:22.883339+00
BUDGET-FEES/appropriated-2	budget.appropriated	BUDGET-FEES	2024-01-02	2024-01-02	{"appropriated": 1000000}	{"scheme": "example-fee-reduction", "finance": "松澜省财政厅"}	\\xb882179908ea5862762fd8e902580c8091c41417677753cd0d5065984e31577d	\N	office	58	2026-11-24 13:01:22.883347+00
SL2023-00003/repaid-2	loan.repaid	SL2023-00003	2024-01-15	2024-01-15	{"interest": 684750, "principal": 66000000}	{}	\\x7882dd098b9cb9787077dd80f1d40cde0be08d23bdb8d3cb4d82141208115d8d	\N	office	59	2026-11-24 13:01:22.883354+00
SL2023-00003:G/released	guarantee.released	SL2023-00003:G	2024-01-15	2024-01-15	{}	{}	\\xd6aa7d45c2e35cf7ed3968897ef9cc3afb17d0ee172ab2aaf81e8391b4defdaf	\N	office	60	2026-11-24 13:01:22.88336+00
SL2023-00003:R/released	reguarantee.released	SL2023-00003:R	2024-01-15	2024-01-15	{}	{}	\\x9df0a08647960c90e23b991e1e8c035b7bdd3a16f1ae5cff0b20683d973b10e4	\N	office	61	2026-11-24 13:01:22.883364+00
PX-0001/policy_issued	insurance.policy_issued	PX-0001	2024-02-10	2024-02-10	{"insured": 2353395160}	{"insurer": "岚江财产保险", "enterprise": "镜泽昱联医疗器械科技有限公司"}	\\x0aaad4ff267c7b9faf0f72a4b8f6c7e1dd143f2288215477f858786a5ceb6e8b	\N	office	62	2026-11-24 13:01:22.88337+00
PX-0001/premium_charged	insurance.premium_charged	PX-0001	2024-02-10	2024-02-10	{"premium": 58834879}	{"scheme": "example-premium-subsidy", "finance": "松澜省财政厅", "enterprise": "镜泽昱联医疗器械科技有限公司"}	\\xbd20c5573af435baa9da5973214fb948dbed987c7ae08b24441a11dd32aada40	\N	office	63	2026-11-24 13:01:22.883375+00
PX-0001/premium_paid	insurance.premium_paid	PX-0001	2024-02-19	2024-02-19	{"paid": 29417439}	{}	\\x0d0341b515757691e0e7868dab7fe2d922401cc8b9aca4736eeb097343cd73c4	\N	office	64	2026-11-24 13:01:22.88338+00
SL2023-00002/repaid-1	loan.repaid	SL2023-00002	2024-03-05	2024-03-05	{"interest": 20689417, "principal": 537000000}	{}	\\xdaf5952ad98fbac98ca2bd4d572d995a6fa78e6d11c1980af2a07b06fdbcc72f	\N	office	65	2026-11-24 13:01:22.883385+00
SL2023-00002:G/released	guarantee.released	SL2023-00002:G	2024-03-05	2024-03-05	{}	{}	\\xbf4c1ab60e9bc60be7d058015d1a7e60c0270871b47b828cd4c9cf89557af935	\N	office	66	2026-11-24 13:01:22.883389+00
SL2023-00002:R/released	reguarantee.released	SL2023-00002:R	2024-03-05	2024-03-05	{}	{}	\\xf589d6c1f39a2c5d43736b64012a6c41b73609d8bf98bce0b1644c78de24bbe1	\N	office	67	2026-11-24 13:01:22.883394+00
SL2024-00001/registered	loan.registered	SL2024-00001	2024-03-07	2024-03-07	{"approved": 405000000, "guaranteed": 324000000}	{"bank": "霁川银行", "class": "科技型中小企业", "scheme": "example-four-party", "insured": "no", "borrower": "澄渡弈帆新材料科技有限公司", "currency": "CNY", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\xc0d6b343914946f1b050c5326eacd6d542cdc836497383d12e63efa63fcf1ee0	\N	office	68	2026-11-24 13:01:22.883403+00
SL2024-00001/disbursed	loan.disbursed	SL2024-00001	2024-03-18	2024-03-18	{"principal": 405000000}	{}	\\x3d9e9c7173c3ce8af9dcc2596df14782e57fd41e7eaa1271e1de5b59c818c984	\N	office	69	2026-11-24 13:01:22.883444+00
SL2024-00001:G/issued	guarantee.issued	SL2024-00001:G	2024-03-18	2024-03-18	{"guaranteed": 324000000}	{"loan": "SL2024-00001", "guarantor": "霁川融资担保"}	\\x308f618ec2707ffc8907a51d859bb5feb97c5db5dadc0dc626c7a0ad01451fc4	\N	office	70	2026-11-24 13:01:22.883449+00
SL2024-00001:G/fee_charged	guarantee.fee_charged	SL2024-00001:G	2024-03-18	2024-03-18	{"fee": 9720000}	{}	\\x3f82210ea6415346fe64bdecf539a33379e6345792b3b6f8f53e78ce148832f9	\N	office	71	2026-11-24 13:01:22.883454+00
SL2024-00001:R/issued	reguarantee.issued	SL2024-00001:R	2024-03-18	2024-03-18	{"guaranteed": 129600000}	{"guarantee": "SL2024-00001:G", "reguarantor": "松澜省再担保"}	\\x7da78abedc51118defe2fd78a3578458cab2c41510d28d507a36149a69ac4ac0	\N	office	72	2026-11-24 13:01:22.883459+00
SL2024-00001:R/fee_charged	reguarantee.fee_charged	SL2024-00001:R	2024-03-18	2024-03-18	{"fee": 1944000}	{}	\\x42874c9e261f7fba5e0f961cc6c4ae80942308ff2d03aee2bf78eb26c218cdd8	\N	office	73	2026-11-24 13:01:22.883463+00
FUND-1/capital_called-3	fund.capital_called	FUND-1	2024-04-10	2024-04-10	{"called": 320000000}	{}	\\x4cdb03545567f15006b363f4863d678e580845d19f493cfb9b0e334c06310e6a	\N	office	74	2026-11-24 13:01:22.955127+00
FUND-2/capital_called-3	fund.capital_called	FUND-2	2024-04-10	2024-04-10	{"called": 200000000}	{}	\\x740513ea96f72529447edefd9e35e20e0a0b43bb786ac56cfb6b7df28c012aa6	\N	office	75	2026-11-24 13:01:22.955159+00
FUND-3/capital_called-3	fund.capital_called	FUND-3	2024-04-10	2024-04-10	{"called": 120000000}	{}	\\x265253d0df42212528ea78714d485e709daf7471db0a642152d4737761514496	\N	office	76	2026-11-24 13:01:22.955166+00
SL2024-00002/registered	loan.registered	SL2024-00002	2024-04-15	2024-04-15	{"approved": 432000000, "guaranteed": 345600000}	{"bank": "松澜银行", "class": "高新技术企业", "scheme": "example-four-party", "insured": "no", "borrower": "砚湖湛码农业科技有限公司", "currency": "CNY", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\x4d7566e054e0f00d810cf7d0486fe010a4700a87ac41a8abad464eeb49eef8db	\N	office	77	2026-11-24 13:01:22.955177+00
SL2024-00002/disbursed	loan.disbursed	SL2024-00002	2024-04-23	2024-04-23	{"principal": 432000000}	{}	\\x1413c68c65dc6b138dbbef07152ecb6a802bdc22bd9588bd6047dcc081be13a0	\N	office	78	2026-11-24 13:01:22.955183+00
SL2024-00002:G/issued	guarantee.issued	SL2024-00002:G	2024-04-23	2024-04-23	{"guaranteed": 345600000}	{"loan": "SL2024-00002", "guarantor": "云杉融资担保"}	\\x3151d8dbc67184d0fd29740e66e1d7f716e777b793a240a5156f213e722fd861	\N	office	79	2026-11-24 13:01:22.955189+00
SL2024-00002:G/fee_charged	guarantee.fee_charged	SL2024-00002:G	2024-04-23	2024-04-23	{"fee": 12441600}	{}	\\x47d580cede20d46b27f7415af1789e3e6b7f486b1ec946df2a241f29e69704af	\N	office	80	2026-11-24 13:01:22.955194+00
SL2024-00002:R/issued	reguarantee.issued	SL2024-00002:R	2024-04-23	2024-04-23	{"guaranteed": 138240000}	{"guarantee": "SL2024-00002:G", "reguarantor": "松澜省再担保"}	\\x3a15f1ad56827339149af7aadc981ae26c64e5eb59ab8dde2f4b2b39c69d7ee6	\N	office	81	2026-11-24 13:01:22.955199+00
SL2024-00002:R/fee_charged	reguarantee.fee_charged	SL2024-00002:R	2024-04-23	2024-04-23	{"fee": 2488320}	{}	\\x41716c0959cb9e7d6d1e37ec8ad6023ccb0408a9a90345f84559691001e6385b	\N	office	82	2026-11-24 13:01:22.955204+00
SL2024-00003/registered	loan.registered	SL2024-00003	2024-07-01	2024-07-01	{"approved": 203473364, "guaranteed": 162778691}	{"bank": "岚江银行", "class": "专精特新企业", "scheme": "example-four-party", "insured": "no", "borrower": "霁川沄联生物科技有限公司", "currency": "CNY", "guarantor": "松澜科技融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\xca0abbc93b3a3c535f9c9cbd228d17761286a082fcc3517b496fde37019f103e	\N	office	83	2026-11-24 13:01:23.029101+00
SL2024-00003/disbursed	loan.disbursed	SL2024-00003	2024-07-05	2024-07-05	{"principal": 203473364}	{}	\\x567d0d360dbe7c2152969b7a18d5ff0e27fc9d7d10d02a44da2c3ef6a519541b	\N	office	84	2026-11-24 13:01:23.02915+00
SL2024-00003:G/issued	guarantee.issued	SL2024-00003:G	2024-07-05	2024-07-05	{"guaranteed": 162778691}	{"loan": "SL2024-00003", "guarantor": "松澜科技融资担保"}	\\x73206b56ebc750adfc534fc4ab4087cd96c907f4c26c18253b6f0937c64a9493	\N	office	85	2026-11-24 13:01:23.029158+00
SL2024-00003:G/fee_charged	guarantee.fee_charged	SL2024-00003:G	2024-07-05	2024-07-05	{"fee": 963293}	{"days": "180", "rate": "1.20%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅"}	\\x7aee6c9d8b0c895eb684d246410e9b471f6195553eef24bfd5b9e20e4cfb3c6b	\N	office	86	2026-11-24 13:01:23.029177+00
SL2024-00003:R/issued	reguarantee.issued	SL2024-00003:R	2024-07-05	2024-07-05	{"guaranteed": 65111476}	{"guarantee": "SL2024-00003:G", "reguarantor": "松澜省再担保"}	\\x4c89ba5ffd5d51e8890bd696741f531c25176f997508071d63b8111812819c57	\N	office	87	2026-11-24 13:01:23.029182+00
SL2024-00003:R/fee_charged	reguarantee.fee_charged	SL2024-00003:R	2024-07-05	2024-07-05	{"fee": 192659}	{}	\\xe0e7ea10fc04d9a898780c94cf71088ec54cd5a3dabdbe1f3676b30b1a0e9eae	\N	office	88	2026-11-24 13:01:23.029187+00
SL2023-00004/repaid-1	loan.repaid	SL2023-00004	2024-08-08	2024-08-08	{"interest": 16060000, "principal": 320000000}	{}	\\xf05c2231e110790433336d14065dfc334f16ed5dfb2ebb43e8890a184f5e9e7c	\N	office	89	2026-11-24 13:01:23.029192+00
SL2023-00004:G/released	guarantee.released	SL2023-00004:G	2024-08-08	2024-08-08	{}	{}	\\x6ee2c6ac7401bdcd3d6d12ec6015c8bc7ae103e751ab38cbd0398b40cf4aa72a	\N	office	90	2026-11-24 13:01:23.029197+00
SL2023-00004:R/released	reguarantee.released	SL2023-00004:R	2024-08-08	2024-08-08	{}	{}	\\xf8a726efc7c27904561ac2008a1c2e9cb1ee1df246c8e3063757061cdce0ac0f	\N	office	91	2026-11-24 13:01:23.029201+00
SL2024-00003/repaid-1	loan.repaid	SL2024-00003	2024-10-03	2024-10-03	{"interest": 1882129, "principal": 101736682}	{}	\\x01eb7f9fc0f22635be4ccf6685eec16d551ff07289a6b0c61ac730427af3e6a4	\N	office	92	2026-11-24 13:01:23.145628+00
FUND-1/revalued-4	fund.revalued	FUND-1	2024-12-20	2024-12-20	{"loss": 20000000}	{}	\\xda6e1fc2dd702a1ba4d73b5c37a93fc3bbdfbe73a66d05ddce19b36c8a925b90	\N	office	93	2026-11-24 13:01:23.145665+00
FUND-2/revalued-4	fund.revalued	FUND-2	2024-12-20	2024-12-20	{"loss": 12500000}	{}	\\xf5d114c2cf6c6a2a0e0e70e0f6d7c93a68c8fcd1d418552981652ab65c4050b4	\N	office	94	2026-11-24 13:01:23.145673+00
FUND-3/revalued-4	fund.revalued	FUND-3	2024-12-20	2024-12-20	{"loss": 7500000}	{}	\\x1cb6dda1c48f759ebf71a94f713250340bfdd749ea3ab8fb5fa108f7d62a0e3b	\N	office	95	2026-11-24 13:01:23.145679+00
SL2024-00003/repaid-2	loan.repaid	SL2024-00003	2025-01-01	2025-01-01	{"interest": 941064, "principal": 101736682}	{}	\\x77ac5348ce7f9759cf78269fd23eaac8625b7d09c888991dac78ad0071a91ff7	\N	office	96	2026-11-24 13:01:23.269675+00
SL2024-00003:G/released	guarantee.released	SL2024-00003:G	2025-01-01	2025-01-01	{}	{}	\\x73b06f99e8993f8294df263c823fc4855c51bdad8443c1a5b657981fbf847256	\N	office	97	2026-11-24 13:01:23.269712+00
SL2024-00003:R/released	reguarantee.released	SL2024-00003:R	2025-01-01	2025-01-01	{}	{}	\\x7ca2e505b13db0f3957a892ecf19a9b2a8abd66e1b4bfd32cb9dcc9dbbd2aec1	\N	office	98	2026-11-24 13:01:23.269719+00
POOL/funded-3	pool.funded	POOL	2025-01-02	2025-01-02	{"funding": 1000000}	{"scheme": "example-four-party", "government": "松澜省风险补偿资金池"}	\\x96360bfce04cc527cfdca2c394f2d1be37d12e16f3281fc5413a9750fd7786d6	\N	office	99	2026-11-24 13:01:23.269726+00
BUDGET-PREMIUMS/appropriated-3	budget.appropriated	BUDGET-PREMIUMS	2025-01-02	2025-01-02	{"appropriated": 4000000}	{"scheme": "example-premium-subsidy", "finance": "松澜省财政厅"}	\\xbc87cb91179f1fae5e5a98e6f545ee6300eccac716381c6afae6135839b98a4f	\N	office	100	2026-11-24 13:01:23.269736+00
BUDGET-FEES/appropriated-3	budget.appropriated	BUDGET-FEES	2025-01-02	2025-01-02	{"appropriated": 2000000}	{"scheme": "example-fee-reduction", "finance": "松澜省财政厅"}	\\xc5b8789c2b2af77aaaf1918c8469ab9b96daa8498557b9c6f1183d1ac1394b18	\N	office	101	2026-11-24 13:01:23.269742+00
SL2025-00001/registered	loan.registered	SL2025-00001	2025-02-18	2025-02-18	{"approved": 500000000, "guaranteed": 400000000}	{"bank": "松澜银行", "class": "专精特新企业", "scheme": "example-four-party", "insured": "yes", "insurer": "镜泽财产保险", "borrower": "松澜翊维环保科技有限公司", "currency": "CNY", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\xda9fba9768f5f5d5db7f61b3833d38fd341380fd99a0f09bd67924344790f990	\N	office	102	2026-11-24 13:01:23.269796+00
SL2025-00001:I/policy_issued	insurance.policy_issued	SL2025-00001:I	2025-02-18	2025-02-18	{"insured": 500000000}	{"loan": "SL2025-00001", "insurer": "镜泽财产保险", "enterprise": "松澜翊维环保科技有限公司"}	\\xc89be475469b4652ec2ddd6a6a2ab44ba562f64520932d2235fca89919fee3ea	\N	office	103	2026-11-24 13:01:23.269803+00
SL2025-00001:I/premium_charged	insurance.premium_charged	SL2025-00001:I	2025-02-18	2025-02-18	{"premium": 4000000}	{"scheme": "example-premium-subsidy", "finance": "松澜省财政厅", "enterprise": "松澜翊维环保科技有限公司"}	\\x93b862b717f61daafec87d6a198b768d37b551317466a322d70517dd50b00cbd	\N	office	104	2026-11-24 13:01:23.269809+00
PX-0001/premium_paid-2	insurance.premium_paid	PX-0001	2025-02-20	2025-02-20	{"paid": 12417440}	{}	\\x1eba8c2ebfd6dca28d5975319c59819e802b3d14e5a7efadedf5cd596405c700	\N	office	105	2026-11-24 13:01:23.269814+00
SL2025-00001:I/premium_paid	insurance.premium_paid	SL2025-00001:I	2025-02-27	2025-02-27	{"paid": 2000000}	{}	\\xf4f6514da232e81203501c32741471f0af79322cc30989f6898867552316cf72	\N	office	106	2026-11-24 13:01:23.269819+00
SL2025-00001/disbursed	loan.disbursed	SL2025-00001	2025-03-01	2025-03-01	{"principal": 500000000}	{}	\\x041c05ab89fa32c987537c82a4a9db383f9dd87e3d7011509b04ce50de05b621	\N	office	107	2026-11-24 13:01:23.269824+00
SL2025-00001:G/issued	guarantee.issued	SL2025-00001:G	2025-03-01	2025-03-01	{"guaranteed": 400000000}	{"loan": "SL2025-00001", "guarantor": "云杉融资担保"}	\\x7dc0dd85cd28b9cbfa76d88f9df1d7c0da596c11173076972dcdab36d1ec78a1	\N	office	108	2026-11-24 13:01:23.269829+00
SL2025-00001:G/fee_charged	guarantee.fee_charged	SL2025-00001:G	2025-03-01	2025-03-01	{"fee": 7200000}	{}	\\x765f5c38b115cc9bb7f0a6bee0c171c4c522f40c04054dc36c8146b314e6975a	\N	office	109	2026-11-24 13:01:23.269833+00
SL2025-00001:R/issued	reguarantee.issued	SL2025-00001:R	2025-03-01	2025-03-01	{"guaranteed": 160000000}	{"guarantee": "SL2025-00001:G", "reguarantor": "松澜省再担保"}	\\x8920266bd2f96b45730cda4f6242d27f11f9dd70bcaafcdc60768039efbce9e5	\N	office	110	2026-11-24 13:01:23.269838+00
SL2025-00001:R/fee_charged	reguarantee.fee_charged	SL2025-00001:R	2025-03-01	2025-03-01	{"fee": 1440000}	{}	\\x20cdd80a82f571ac3930e85a7f4cfb475d3ff628b1b40ec7606a5ea4ba860f12	\N	office	111	2026-11-24 13:01:23.269843+00
SL2025-00002/registered	loan.registered	SL2025-00002	2025-03-11	2025-03-11	{"approved": 403000000, "guaranteed": 322400000}	{"bank": "霁川银行", "class": "高新技术企业", "scheme": "example-four-party", "insured": "yes", "insurer": "岚江财产保险", "borrower": "镜泽芷图数据科技有限公司", "currency": "CNY", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\xc498ae3f2cb547a0d96425eb6b3e6b3642f2675fcaa8d497456a9325039eb9c3	\N	office	112	2026-11-24 13:01:23.269852+00
SL2025-00002:I/policy_issued	insurance.policy_issued	SL2025-00002:I	2025-03-11	2025-03-11	{"insured": 403000000}	{"loan": "SL2025-00002", "insurer": "岚江财产保险", "enterprise": "镜泽芷图数据科技有限公司"}	\\xb0e8c90515c724176fe8226538acb4d6bd32505ce305201e8a6aa9d8f8c726f8	\N	office	113	2026-11-24 13:01:23.269858+00
SL2025-00002:I/premium_charged	insurance.premium_charged	SL2025-00002:I	2025-03-11	2025-03-11	{"premium": 3224000}	{"scheme": "example-premium-subsidy", "finance": "松澜省财政厅", "enterprise": "镜泽芷图数据科技有限公司"}	\\x2f5b98d43d040b12b8b6b5d4e87187d376527a6c52cfd9e5ca5f16b809e08100	\N	office	114	2026-11-24 13:01:23.269863+00
SL2025-00002/disbursed	loan.disbursed	SL2025-00002	2025-03-20	2025-03-20	{"principal": 403000000}	{}	\\x4879894548293eded03953e18faab396c3e72ace83e42174d5d6f85b6a47dc75	\N	office	115	2026-11-24 13:01:23.269868+00
SL2025-00002:I/premium_paid	insurance.premium_paid	SL2025-00002:I	2025-03-20	2025-03-20	{"paid": 1612000}	{}	\\x244dd5a7a52e96c9c9eaa7711ffa96ff3c99bd6f66a8f7c58eaae165fc82802d	\N	office	116	2026-11-24 13:01:23.269872+00
SL2025-00002:G/issued	guarantee.issued	SL2025-00002:G	2025-03-20	2025-03-20	{"guaranteed": 322400000}	{"loan": "SL2025-00002", "guarantor": "云杉融资担保"}	\\x53256498d5193c13a4da9db6093be6af3ce8c04523169db55dd325ddd5a7b98f	\N	office	117	2026-11-24 13:01:23.269877+00
SL2025-00002:G/fee_charged	guarantee.fee_charged	SL2025-00002:G	2025-03-20	2025-03-20	{"fee": 3868800}	{"days": "365", "rate": "1.20%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅"}	\\xca389aa8c3f93175eedba060493f18ca838c5527b4c5af6bbf3e0d3b45fb24d3	\N	office	118	2026-11-24 13:01:23.269883+00
SL2025-00002:R/issued	reguarantee.issued	SL2025-00002:R	2025-03-20	2025-03-20	{"guaranteed": 128960000}	{"guarantee": "SL2025-00002:G", "reguarantor": "松澜省再担保"}	\\xaaf905eb7504eb85b6a65b9b38cf29bbf31076fa1102e0e1abdd431e12beb620	\N	office	119	2026-11-24 13:01:23.269888+00
SL2025-00002:R/fee_charged	reguarantee.fee_charged	SL2025-00002:R	2025-03-20	2025-03-20	{"fee": 773760}	{}	\\x99efe6fd6d43d7e17fd0fa7174921a68724e5a8e5368a1138f32730773607683	\N	office	120	2026-11-24 13:01:23.269892+00
SL2024-00002/repaid-1	loan.repaid	SL2024-00002	2025-04-23	2025-04-23	{"interest": 13797000, "principal": 216000000}	{}	\\x498df20a76372388ce3bcb2ae48038b24a51e075ed92177b9aaa1d10827f574d	\N	office	121	2026-11-24 13:01:23.40323+00
SL2025-00003/registered	loan.registered	SL2025-00003	2025-06-07	2025-06-07	{"approved": 265000000, "guaranteed": 212000000}	{"bank": "松澜银行", "class": "科技型中小企业", "scheme": "example-four-party", "insured": "no", "borrower": "镜泽昱联医疗器械科技有限公司", "currency": "CNY", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\x2128056b5e8868341a5babefb229ae42ae303eb5d2463a11c60a050a2676079c	\N	office	122	2026-11-24 13:01:23.40327+00
SL2025-00003/disbursed	loan.disbursed	SL2025-00003	2025-06-10	2025-06-10	{"principal": 265000000}	{}	\\x524fde1414e997c3c11a30cc6b65756e859d2ca5b7ce09cb770eeec595e86431	\N	office	123	2026-11-24 13:01:23.403278+00
SL2025-00003:G/issued	guarantee.issued	SL2025-00003:G	2025-06-10	2025-06-10	{"guaranteed": 212000000}	{"loan": "SL2025-00003", "guarantor": "霁川融资担保"}	\\xc8193870ecf187cd7f0c6d7d65fceec1143851860cbfcac1dc3eaa93b6ab9176	\N	office	124	2026-11-24 13:01:23.403284+00
SL2025-00003:G/fee_charged	guarantee.fee_charged	SL2025-00003:G	2025-06-10	2025-06-10	{"fee": 2120000}	{"days": "365", "rate": "1.00%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅"}	\\x6e5c38191be516002c6645f48b97d40a10789439d7e728a146df5d1550b0cb3e	\N	office	125	2026-11-24 13:01:23.403291+00
SL2025-00003:R/issued	reguarantee.issued	SL2025-00003:R	2025-06-10	2025-06-10	{"guaranteed": 84800000}	{"guarantee": "SL2025-00003:G", "reguarantor": "松澜省再担保"}	\\x2ef8b8ba3127743c8a8db3a0176adb49f9d401e450e330b30dccbd6cfb2c051f	\N	office	126	2026-11-24 13:01:23.403297+00
SL2025-00003:R/fee_charged	reguarantee.fee_charged	SL2025-00003:R	2025-06-10	2025-06-10	{"fee": 424000}	{}	\\xac1b97e58f251fd00d6e99c50ab6da3ace60310ac1e10946a747fe3159e35864	\N	office	127	2026-11-24 13:01:23.403302+00
SL2025-00004/registered	loan.registered	SL2025-00004	2025-07-03	2025-07-03	{"approved": 47000000, "guaranteed": 37600000}	{"bank": "松澜银行", "class": "高新技术企业", "scheme": "example-four-party", "insured": "yes", "insurer": "镜泽财产保险", "borrower": "桐屿湛帆环保科技有限公司", "currency": "CNY", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\x70af9957f6e811c2e2276efdd7810409bb20148495b13e60a46d81a308ad0fa7	\N	office	128	2026-11-24 13:01:23.501415+00
SL2025-00004:I/policy_issued	insurance.policy_issued	SL2025-00004:I	2025-07-03	2025-07-03	{"insured": 47000000}	{"loan": "SL2025-00004", "insurer": "镜泽财产保险", "enterprise": "桐屿湛帆环保科技有限公司"}	\\x2d44977534e4c379f024022c45e8b76cba8ecc551ca565da4b16259d59ccfe5a	\N	office	129	2026-11-24 13:01:23.501487+00
SL2025-00004:I/premium_charged	insurance.premium_charged	SL2025-00004:I	2025-07-03	2025-07-03	{"premium": 211500}	{"scheme": "example-premium-subsidy", "finance": "松澜省财政厅", "enterprise": "桐屿湛帆环保科技有限公司"}	\\xf71327539367c9abbf7a3b7df9c0ff761bf90111dd71504b52319e12bd0a72c8	\N	office	130	2026-11-24 13:01:23.501496+00
SL2025-00004/disbursed	loan.disbursed	SL2025-00004	2025-07-04	2025-07-04	{"principal": 47000000}	{}	\\x683072502e6baa77e59cd715c33c482d72cd7b18de093d934832c16f61008665	\N	office	131	2026-11-24 13:01:23.501502+00
SL2025-00004:G/issued	guarantee.issued	SL2025-00004:G	2025-07-04	2025-07-04	{"guaranteed": 37600000}	{"loan": "SL2025-00004", "guarantor": "霁川融资担保"}	\\x95168680008ef60b7d6330a8e6872a641b903e35593220349f97fe6333837a2a	\N	office	132	2026-11-24 13:01:23.501508+00
SL2025-00004:G/fee_charged	guarantee.fee_charged	SL2025-00004:G	2025-07-04	2025-07-04	{"fee": 376000}	{"days": "365", "rate": "1.00%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅"}	\\x3d2ed1abdddd9b20b451e429fb41bad1af1c357fe7513d65b5f89e9c296cbbd3	\N	office	133	2026-11-24 13:01:23.501515+00
SL2025-00004:R/issued	reguarantee.issued	SL2025-00004:R	2025-07-04	2025-07-04	{"guaranteed": 15040000}	{"guarantee": "SL2025-00004:G", "reguarantor": "松澜省再担保"}	\\x3a98666e867ebafbf05db46d844874c9b41a05347cbaef3cfa504bbeee04d965	\N	office	134	2026-11-24 13:01:23.50152+00
SL2025-00004:R/fee_charged	reguarantee.fee_charged	SL2025-00004:R	2025-07-04	2025-07-04	{"fee": 75200}	{}	\\x91c5682bba7f45eeb749fba157146ba15de5d40af766360bca42d52fd0f8125a	\N	office	135	2026-11-24 13:01:23.501524+00
SL2025-00004:I/premium_paid	insurance.premium_paid	SL2025-00004:I	2025-07-12	2025-07-12	{"paid": 105750}	{}	\\x4e2a38f7a685c7d08c1671d6e9ca2ea26b4568223fa7d90f06b465b1c486af97	\N	office	136	2026-11-24 13:01:23.501529+00
SL2025-00001/repaid-1	loan.repaid	SL2025-00001	2025-08-30	2025-08-30	{"interest": 12638889, "principal": 250000000}	{}	\\x37aeb8ca69e5c12f72cf24d2191dba87f162b2c099ae316a86b89a36b49d41c9	\N	office	137	2026-11-24 13:01:23.501534+00
FUND-1/distributed-5	fund.distributed	FUND-1	2025-09-05	2025-09-05	{"distributed": 200000000}	{}	\\x2e95d67dd7dfd547330b5b5edd0f1903b1c0f9b3cb779be17316719cf7706623	\N	office	138	2026-11-24 13:01:23.501539+00
FUND-2/distributed-5	fund.distributed	FUND-2	2025-09-05	2025-09-05	{"distributed": 125000000}	{}	\\x7eb063291a788f224f468a37c1b384222ebb1b91f243924dd2806bed2ceb4034	\N	office	139	2026-11-24 13:01:23.501544+00
FUND-3/distributed-5	fund.distributed	FUND-3	2025-09-05	2025-09-05	{"distributed": 75000000}	{}	\\xf24d23238c647b79feb89af7c2329aa24b5f36fbc1f878a407cd561e098eb2e4	\N	office	140	2026-11-24 13:01:23.501549+00
SL2025-00005/registered	loan.registered	SL2025-00005	2025-09-28	2025-09-28	{"approved": 202000000, "guaranteed": 161600000}	{"bank": "穗原银行", "class": "高新技术企业", "scheme": "example-four-party", "insured": "yes", "insurer": "岚江财产保险", "borrower": "砚湖湛码农业科技有限公司", "currency": "CNY", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}	\\xe9e1ba5ed7a357abbf63ae271fee9997109e58ddc0ea51cac3557a38a203689b	\N	office	141	2026-11-24 13:01:23.501559+00
SL2025-00005:I/policy_issued	insurance.policy_issued	SL2025-00005:I	2025-09-28	2025-09-28	{"insured": 202000000}	{"loan": "SL2025-00005", "insurer": "岚江财产保险", "enterprise": "砚湖湛码农业科技有限公司"}	\\x1c9db051b9d3c888fb9706cf6efb2d43aeb685dc4c3614fa72c47a3fd1934982	\N	office	142	2026-11-24 13:01:23.501569+00
SL2025-00005:I/premium_charged	insurance.premium_charged	SL2025-00005:I	2025-09-28	2025-09-28	{"premium": 808000}	{"scheme": "example-premium-subsidy", "finance": "松澜省财政厅", "enterprise": "砚湖湛码农业科技有限公司"}	\\x4f1e946ae1799217c86c9829453ff64f0acc239bc61602bbd98c156dd81351d1	\N	office	143	2026-11-24 13:01:23.501575+00
SL2025-00005:I/premium_paid	insurance.premium_paid	SL2025-00005:I	2025-10-07	2025-10-07	{"paid": 404000}	{}	\\x2b299e169dc5af60928f4c0b1ccf73302bce4301cf23464515d9ad4ffbcde994	\N	office	144	2026-11-24 13:01:23.580433+00
SL2025-00005/disbursed	loan.disbursed	SL2025-00005	2025-10-09	2025-10-09	{"principal": 202000000}	{}	\\x612228bc640353fd0675e13caa3dbaa9327c86bae77d7b0b7776ea183c80cf85	\N	office	145	2026-11-24 13:01:23.580472+00
SL2025-00005:G/issued	guarantee.issued	SL2025-00005:G	2025-10-09	2025-10-09	{"guaranteed": 161600000}	{"loan": "SL2025-00005", "guarantor": "云杉融资担保"}	\\xa7d4abb201f466b3a5be17ec9be22f0b3bea9220941be209a0cac3b858659a76	\N	office	146	2026-11-24 13:01:23.580481+00
SL2025-00005:G/fee_charged	guarantee.fee_charged	SL2025-00005:G	2025-10-09	2025-10-09	{"fee": 3878400}	{"days": "730", "rate": "1.20%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅"}	\\x84eec65328741638839dbade0b0d9faace6270f235a8ef10d635355e328a9385	\N	office	147	2026-11-24 13:01:23.580488+00
SL2025-00005:R/issued	reguarantee.issued	SL2025-00005:R	2025-10-09	2025-10-09	{"guaranteed": 64640000}	{"guarantee": "SL2025-00005:G", "reguarantor": "松澜省再担保"}	\\xc20037b4f877fac7b10bf74a4fe2e8c11f0a6dd521f697002bf08bd20bafa3f9	\N	office	148	2026-11-24 13:01:23.580495+00
SL2025-00005:R/fee_charged	reguarantee.fee_charged	SL2025-00005:R	2025-10-09	2025-10-09	{"fee": 775680}	{}	\\xa71fb62a3501758ac3c10cae25afd095e02b0c926b63919c270d465f29d7f9a2	\N	office	149	2026-11-24 13:01:23.5805+00
FUND-1/revalued-6	fund.revalued	FUND-1	2025-12-20	2025-12-20	{"gain": 66666666}	{}	\\xf0726e902935a98bc15a474a9fa09ce19f128aeb1f28d09bd64df6cc3c2ba94f	\N	office	150	2026-11-24 13:01:23.580505+00
FUND-2/revalued-6	fund.revalued	FUND-2	2025-12-20	2025-12-20	{"gain": 41666666}	{}	\\x74347f8fd9cb75db3f6e624395d60a9ee133aca2dd85d71b3738066b43223011	\N	office	151	2026-11-24 13:01:23.580511+00
FUND-3/revalued-6	fund.revalued	FUND-3	2025-12-20	2025-12-20	{"gain": 25000000}	{}	\\x3470fdcbe4dfbf6ad6dae5a2d00f1bbeba5ac405d8ef7dc658d0a71f5de56705	\N	office	152	2026-11-24 13:01:23.580516+00
\.

COPY share.bearing (scheme_id, year, period_id, event_id, kind, loan_id, role, party, amount) FROM stdin;
example-fee-reduction	2023	20231	SL2023-00002:G/fee_charged	fee_reduction	SL2023-00002:G	finance	松澜省财政厅	2000000
example-fee-reduction	2023	20231	SL2023-00002:G/fee_charged	fee_reduction	SL2023-00002:G	guarantor	云杉融资担保	148000
example-fee-reduction	2023	20233	SL2023-00003:G/fee_charged	fee_reduction	SL2023-00003:G	guarantor	霁川融资担保	156230
example-fee-reduction	2024	20243	SL2024-00003:G/fee_charged	fee_reduction	SL2024-00003:G	finance	松澜省财政厅	240823
example-premium-subsidy	2024	20244	PX-0001/premium_charged	premium	PX-0001	enterprise	镜泽昱联医疗器械科技有限公司	41834879
example-premium-subsidy	2024	20244	PX-0001/premium_charged	premium	PX-0001	finance	松澜省财政厅	17000000
example-fee-reduction	2025	20251	SL2025-00002:G/fee_charged	fee_reduction	SL2025-00002:G	finance	松澜省财政厅	967200
example-fee-reduction	2025	20252	SL2025-00003:G/fee_charged	fee_reduction	SL2025-00003:G	finance	松澜省财政厅	1032800
example-fee-reduction	2025	20252	SL2025-00003:G/fee_charged	fee_reduction	SL2025-00003:G	guarantor	霁川融资担保	27200
example-fee-reduction	2025	20253	SL2025-00004:G/fee_charged	fee_reduction	SL2025-00004:G	guarantor	霁川融资担保	188000
example-fee-reduction	2025	20254	SL2025-00005:G/fee_charged	fee_reduction	SL2025-00005:G	guarantor	云杉融资担保	969600
example-premium-subsidy	2025	20254	SL2025-00001:I/premium_charged	premium	SL2025-00001:I	enterprise	松澜翊维环保科技有限公司	2059077
example-premium-subsidy	2025	20254	SL2025-00002:I/premium_charged	premium	SL2025-00002:I	enterprise	镜泽芷图数据科技有限公司	1659616
example-premium-subsidy	2025	20254	SL2025-00004:I/premium_charged	premium	SL2025-00004:I	enterprise	桐屿湛帆环保科技有限公司	108874
example-premium-subsidy	2025	20254	SL2025-00005:I/premium_charged	premium	SL2025-00005:I	enterprise	砚湖湛码农业科技有限公司	415933
example-premium-subsidy	2025	20254	SL2025-00001:I/premium_charged	premium	SL2025-00001:I	finance	松澜省财政厅	1940923
example-premium-subsidy	2025	20254	SL2025-00002:I/premium_charged	premium	SL2025-00002:I	finance	松澜省财政厅	1564384
example-premium-subsidy	2025	20254	SL2025-00004:I/premium_charged	premium	SL2025-00004:I	finance	松澜省财政厅	102626
example-premium-subsidy	2025	20254	SL2025-00005:I/premium_charged	premium	SL2025-00005:I	finance	松澜省财政厅	392067
\.

COPY share.close (close_no, period_id, cut_off_on, facts, facts_hash, terms_digest, result_hash, engine, actor, closed_at) FROM stdin;
1	20231	2023-03-31	1	7bcc3e188dcf4f849e75f12b0625326e97bf32f264f377b64f8a42512843d384	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	5b371b1cbf11c9852aa2230095014751c3e31e98e3a521484024578317d01ac0	gongji-1	office	2026-11-24 13:01:22.6746+00
2	20232	2023-06-30	0	7bcc3e188dcf4f849e75f12b0625326e97bf32f264f377b64f8a42512843d384	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	5b371b1cbf11c9852aa2230095014751c3e31e98e3a521484024578317d01ac0	gongji-1	office	2026-11-24 13:01:22.735708+00
3	20233	2023-09-30	1	7c610342908d3cb0348a72f629aa3977524db394a3491db512ee1b588ff4e4df	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	d79477e05f40af27f45bdae9272142ec463ce3632663b0d266babcc476fff3ec	gongji-1	office	2026-11-24 13:01:22.811469+00
4	20234	2023-12-31	0	7c610342908d3cb0348a72f629aa3977524db394a3491db512ee1b588ff4e4df	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	d79477e05f40af27f45bdae9272142ec463ce3632663b0d266babcc476fff3ec	gongji-1	office	2026-11-24 13:01:22.874124+00
5	20241	2024-03-31	0	7c610342908d3cb0348a72f629aa3977524db394a3491db512ee1b588ff4e4df	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	d79477e05f40af27f45bdae9272142ec463ce3632663b0d266babcc476fff3ec	gongji-1	office	2026-11-24 13:01:22.926486+00
6	20242	2024-06-30	0	7c610342908d3cb0348a72f629aa3977524db394a3491db512ee1b588ff4e4df	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	d79477e05f40af27f45bdae9272142ec463ce3632663b0d266babcc476fff3ec	gongji-1	office	2026-11-24 13:01:22.98789+00
7	20243	2024-09-30	1	4d97e2c2ba209a40f537bcbc6f7de8fa8514c521d816bcef9a1ae33922357108	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	2469b323c345ad8de363930cd06201999f906991f01db21f9b0df7c9a83fb3ec	gongji-1	office	2026-11-24 13:01:23.083169+00
8	20244	2024-12-31	1	8ec0e18ade146c8a6337a6e1aaa8a33dd0a5d2baf6e446d1d92f19031807f27d	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	13ac81a8a17f2f3c89d5bdab9b062ff51c628fea98d2ad4bfc1b94b89a14105a	gongji-1	office	2026-11-24 13:01:23.206451+00
9	20251	2025-03-31	1	5c5da1fb22c1aa48f872bea84179d7dec5ece86f4f9f909d86902e9d526c3879	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	186838e35dd74b0fcbf0fb3aff478d6c9d4cf0bd0686c65b35fb27344150387a	gongji-1	office	2026-11-24 13:01:23.336163+00
10	20252	2025-06-30	1	e072b6765f0bf4fcb4dafd190083fff6cee6c891a6fb1c8d2f5d69c2030ac445	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	33b5bc3aab8079ba91a8caa2f45cdcb49e422b5c810b41349a46d52277daefba	gongji-1	office	2026-11-24 13:01:23.457587+00
11	20253	2025-09-30	1	d76ed785a05997f605bfa9d12bb91b367b5e559a369f8242ed68c7bd6639fe3e	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	c248826ea47d8aca1c442d5ec45ad71da3bfc9b8ea68ba97ca8ea5ee28fe66da	gongji-1	office	2026-11-24 13:01:23.545189+00
12	20254	2025-12-31	5	0b6566dcac52b38fc4a71bab44cb62f2ceaea527a5ffdbbf9d3b628086f761e8	ee34048e2a7ca44bf66293707cedbf9402454417bbdebed729977f68635a1a83	7cd9c911d762a40608c0adef78294ab1956159f543895e386b7fdbad500f5b9f	gongji-1	office	2026-11-24 13:01:23.633905+00
\.

COPY share.fact (event_id, scheme_id, kind, effective, year, loan_id, key_on, filing, booked_on, amount, measures, attributes) FROM stdin;
SL2023-00002:G/fee_charged	example-fee-reduction	fee_reduction	2023-01-01	2023	SL2023-00002:G	2023-03-06	0	2023-03-06	2148000	{"fee": 4296000, "costs": 0, "penalty": 0, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 429600000, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "镜泽银行", "days": "365", "loan": "SL2023-00002", "rate": "1.00%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
SL2023-00003:G/fee_charged	example-fee-reduction	fee_reduction	2023-01-01	2023	SL2023-00003:G	2023-07-19	0	2023-07-19	156230	{"fee": 624921, "costs": 0, "penalty": 0, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 105600000, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "穗原银行", "days": "180", "loan": "SL2023-00003", "rate": "1.20%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
PX-0001/premium_charged	example-premium-subsidy	premium	2020-01-01	2024	PX-0001	2024-02-10	0	2024-02-10	58834879	{"costs": 0, "insured": 2353395160, "penalty": 0, "premium": 58834879, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 0, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"scheme": "example-premium-subsidy", "finance": "松澜省财政厅", "insurer": "岚江财产保险", "enterprise": "镜泽昱联医疗器械科技有限公司"}
SL2024-00003:G/fee_charged	example-fee-reduction	fee_reduction	2023-01-01	2024	SL2024-00003:G	2024-07-05	0	2024-07-05	240823	{"fee": 963293, "costs": 0, "penalty": 0, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 162778691, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "岚江银行", "days": "180", "loan": "SL2024-00003", "rate": "1.20%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅", "guarantor": "松澜科技融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
SL2025-00001:I/premium_charged	example-premium-subsidy	premium	2020-01-01	2025	SL2025-00001:I	2025-02-18	0	2025-02-18	4000000	{"costs": 0, "insured": 500000000, "penalty": 0, "premium": 4000000, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 0, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "松澜银行", "loan": "SL2025-00001", "scheme": "example-premium-subsidy", "finance": "松澜省财政厅", "insurer": "镜泽财产保险", "guarantor": "云杉融资担保", "enterprise": "松澜翊维环保科技有限公司", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
SL2025-00002:I/premium_charged	example-premium-subsidy	premium	2020-01-01	2025	SL2025-00002:I	2025-03-11	0	2025-03-11	3224000	{"costs": 0, "insured": 403000000, "penalty": 0, "premium": 3224000, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 0, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "霁川银行", "loan": "SL2025-00002", "scheme": "example-premium-subsidy", "finance": "松澜省财政厅", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "enterprise": "镜泽芷图数据科技有限公司", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
SL2025-00002:G/fee_charged	example-fee-reduction	fee_reduction	2023-01-01	2025	SL2025-00002:G	2025-03-20	0	2025-03-20	967200	{"fee": 3868800, "costs": 0, "penalty": 0, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 322400000, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "霁川银行", "days": "365", "loan": "SL2025-00002", "rate": "1.20%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
SL2025-00003:G/fee_charged	example-fee-reduction	fee_reduction	2023-01-01	2025	SL2025-00003:G	2025-06-10	0	2025-06-10	1060000	{"fee": 2120000, "costs": 0, "penalty": 0, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 212000000, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "松澜银行", "days": "365", "loan": "SL2025-00003", "rate": "1.00%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
SL2025-00004:I/premium_charged	example-premium-subsidy	premium	2020-01-01	2025	SL2025-00004:I	2025-07-03	0	2025-07-03	211500	{"costs": 0, "insured": 47000000, "penalty": 0, "premium": 211500, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 0, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "松澜银行", "loan": "SL2025-00004", "scheme": "example-premium-subsidy", "finance": "松澜省财政厅", "insurer": "镜泽财产保险", "guarantor": "霁川融资担保", "enterprise": "桐屿湛帆环保科技有限公司", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
SL2025-00004:G/fee_charged	example-fee-reduction	fee_reduction	2023-01-01	2025	SL2025-00004:G	2025-07-04	0	2025-07-04	188000	{"fee": 376000, "costs": 0, "penalty": 0, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 37600000, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "松澜银行", "days": "365", "loan": "SL2025-00004", "rate": "1.00%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅", "insurer": "镜泽财产保险", "guarantor": "霁川融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
SL2025-00005:I/premium_charged	example-premium-subsidy	premium	2020-01-01	2025	SL2025-00005:I	2025-09-28	0	2025-09-28	808000	{"costs": 0, "insured": 202000000, "penalty": 0, "premium": 808000, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 0, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "穗原银行", "loan": "SL2025-00005", "scheme": "example-premium-subsidy", "finance": "松澜省财政厅", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "enterprise": "砚湖湛码农业科技有限公司", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
SL2025-00005:G/fee_charged	example-fee-reduction	fee_reduction	2023-01-01	2025	SL2025-00005:G	2025-10-09	0	2025-10-09	969600	{"fee": 3878400, "costs": 0, "penalty": 0, "approved": 0, "interest": 0, "principal": 0, "guaranteed": 161600000, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "穗原银行", "days": "730", "loan": "SL2025-00005", "rate": "1.20%", "scheme": "example-fee-reduction", "finance": "松澜省财政厅", "insurer": "岚江财产保险", "guarantor": "云杉融资担保", "government": "松澜省风险补偿资金池", "reguarantor": "松澜省再担保"}
\.

COPY share.instruction (instruction_id, period_id, payer, payee, currency, gross_owed, gross_offset, net, paid_on, recorded_at) FROM stdin;
settle/2023Q1/2023-04-01/云杉产业投资/松澜科创引导基金/CNY	20231	云杉产业投资	松澜科创引导基金	CNY	150000000	0	150000000	2023-04-01	2026-11-24 13:01:22.708044+00
settle/2023Q1/2023-04-01/云杉融资担保/松澜省再担保/CNY	20231	云杉融资担保	松澜省再担保	CNY	932087	0	932087	2023-04-01	2026-11-24 13:01:22.708187+00
settle/2023Q1/2023-04-01/松澜省财政厅/云杉融资担保/CNY	20231	松澜省财政厅	云杉融资担保	CNY	2000000	0	2000000	2023-04-01	2026-11-24 13:01:22.708193+00
settle/2023Q1/2023-04-01/松澜财政出资平台/松澜科创引导基金/CNY	20231	松澜财政出资平台	松澜科创引导基金	CNY	240000000	0	240000000	2023-04-01	2026-11-24 13:01:22.708195+00
settle/2023Q1/2023-04-01/霁川创业投资/松澜科创引导基金/CNY	20231	霁川创业投资	松澜科创引导基金	CNY	90000000	0	90000000	2023-04-01	2026-11-24 13:01:22.708197+00
settle/2023Q3/2023-10-01/松澜科技融资担保/松澜省再担保/CNY	20233	松澜科技融资担保	松澜省再担保	CNY	921600	0	921600	2023-10-01	2026-11-24 13:01:22.821114+00
settle/2023Q3/2023-10-01/霁川融资担保/松澜省再担保/CNY	20233	霁川融资担保	松澜省再担保	CNY	124984	0	124984	2023-10-01	2026-11-24 13:01:22.82114+00
settle/2024Q1/2024-04-01/霁川融资担保/松澜省再担保/CNY	20241	霁川融资担保	松澜省再担保	CNY	1944000	0	1944000	2024-04-01	2026-11-24 13:01:22.933173+00
settle/2024Q2/2024-07-01/云杉产业投资/松澜科创引导基金/CNY	20242	云杉产业投资	松澜科创引导基金	CNY	200000000	0	200000000	2024-07-01	2026-11-24 13:01:23.001173+00
settle/2024Q2/2024-07-01/云杉融资担保/松澜省再担保/CNY	20242	云杉融资担保	松澜省再担保	CNY	2488320	0	2488320	2024-07-01	2026-11-24 13:01:23.001204+00
settle/2024Q2/2024-07-01/松澜财政出资平台/松澜科创引导基金/CNY	20242	松澜财政出资平台	松澜科创引导基金	CNY	320000000	0	320000000	2024-07-01	2026-11-24 13:01:23.001207+00
settle/2024Q2/2024-07-01/霁川创业投资/松澜科创引导基金/CNY	20242	霁川创业投资	松澜科创引导基金	CNY	120000000	0	120000000	2024-07-01	2026-11-24 13:01:23.00121+00
settle/2024Q3/2024-10-01/松澜科技融资担保/松澜省再担保/CNY	20243	松澜科技融资担保	松澜省再担保	CNY	192659	0	192659	2024-10-01	2026-11-24 13:01:23.117146+00
settle/2024Q3/2024-10-01/松澜省财政厅/松澜科技融资担保/CNY	20243	松澜省财政厅	松澜科技融资担保	CNY	240823	0	240823	2024-10-01	2026-11-24 13:01:23.117173+00
settle/2024Q4/2025-01-01/松澜省财政厅/岚江财产保险/CNY	20244	松澜省财政厅	岚江财产保险	CNY	17000000	0	17000000	2025-01-01	2026-11-24 13:01:23.234238+00
settle/2025Q1/2025-04-01/云杉融资担保/松澜省再担保/CNY	20251	云杉融资担保	松澜省再担保	CNY	2213760	0	2213760	2025-04-01	2026-11-24 13:01:23.370384+00
settle/2025Q1/2025-04-01/松澜省财政厅/云杉融资担保/CNY	20251	松澜省财政厅	云杉融资担保	CNY	967200	0	967200	2025-04-01	2026-11-24 13:01:23.370412+00
settle/2025Q2/2025-07-01/霁川融资担保/松澜省再担保/CNY	20252	霁川融资担保	松澜省再担保	CNY	424000	0	424000	2025-07-01	2026-11-24 13:01:23.485846+00
settle/2025Q2/2025-07-01/松澜省财政厅/霁川融资担保/CNY	20252	松澜省财政厅	霁川融资担保	CNY	1032800	0	1032800	2025-07-01	2026-11-24 13:01:23.485884+00
settle/2025Q3/2025-10-01/松澜科创引导基金/云杉产业投资/CNY	20253	松澜科创引导基金	云杉产业投资	CNY	125000000	0	125000000	2025-10-01	2026-11-24 13:01:23.554747+00
settle/2025Q3/2025-10-01/霁川融资担保/松澜省再担保/CNY	20253	霁川融资担保	松澜省再担保	CNY	75200	0	75200	2025-10-01	2026-11-24 13:01:23.554772+00
settle/2025Q3/2025-10-01/松澜科创引导基金/松澜财政出资平台/CNY	20253	松澜科创引导基金	松澜财政出资平台	CNY	200000000	0	200000000	2025-10-01	2026-11-24 13:01:23.554776+00
settle/2025Q3/2025-10-01/松澜科创引导基金/霁川创业投资/CNY	20253	松澜科创引导基金	霁川创业投资	CNY	75000000	0	75000000	2025-10-01	2026-11-24 13:01:23.554779+00
settle/2025Q4/2026-01-01/云杉融资担保/松澜省再担保/CNY	20254	云杉融资担保	松澜省再担保	CNY	775680	0	775680	2026-01-01	2026-11-24 13:01:23.671945+00
settle/2025Q4/2026-01-01/松澜省财政厅/岚江财产保险/CNY	20254	松澜省财政厅	岚江财产保险	CNY	1956451	0	1956451	2026-01-01	2026-11-24 13:01:23.671971+00
settle/2025Q4/2026-01-01/松澜省财政厅/镜泽财产保险/CNY	20254	松澜省财政厅	镜泽财产保险	CNY	2043549	0	2043549	2026-01-01	2026-11-24 13:01:23.671974+00
\.

COPY share.owing (scheme_id, year, period_id, kind, loan_id, debtor_role, creditor_role, amount) FROM stdin;
example-fee-reduction	2023	20231	fee_reduction	SL2023-00002:G	finance	guarantor	2000000
example-fee-reduction	2024	20243	fee_reduction	SL2024-00003:G	finance	guarantor	240823
example-premium-subsidy	2024	20244	premium	PX-0001	finance	insurer	17000000
example-fee-reduction	2025	20251	fee_reduction	SL2025-00002:G	finance	guarantor	967200
example-fee-reduction	2025	20252	fee_reduction	SL2025-00003:G	finance	guarantor	1032800
example-premium-subsidy	2025	20254	premium	SL2025-00001:I	finance	insurer	1940923
example-premium-subsidy	2025	20254	premium	SL2025-00002:I	finance	insurer	1564384
example-premium-subsidy	2025	20254	premium	SL2025-00004:I	finance	insurer	102626
example-premium-subsidy	2025	20254	premium	SL2025-00005:I	finance	insurer	392067
\.

COPY share.scheme (scheme_id, seq, currency, digest, document, actor, adopted_at) FROM stdin;
example-four-party	1	CNY	aae824c5e515117e0371d4ef76defffb836c8f6c64a0e94e07613978cd73254f	# An example of the four-party model 政府+银行+担保+保险. All shares are made up; no agreement is quoted.\n# The county raises its pool from 30 % to 35 % in July 2025: a new version, and no code.\n\nid         = "example-four-party"\ntitle      = { zh = "政府、银行、担保、保险四方分险（示例）", en = "Four parties: government, bank, guarantor, insurer (example)" }\ncurrency   = "CNY"\nstatus     = "example"\napplies_by = "registered_on"\n\n[[version]]\neffective   = 2023-01-01\nsource      = "an example; no published agreement"\nyear_by     = "compensated_on"\nlate        = "append"\ndecided     = "period"\nlimit_basis = "current"\nrounding    = { scope = "cumulative", method = "largest_remainder" }\n\n[version.loss]\non        = "compensation"\ncounts    = ["principal", "interest"]\nuncounted = "bank"\nadvance   = "guarantor"\n\n[version.recovery]\ncosts      = "first"\nreinstates = "no"\n\n[[version.clause]]\nname    = "loss"\narticle = "4"\nchoose  = { by = "insured", yes = "insured_split", no = "plain_split" }\n\n[[version.clause]]\nname    = "insured_split"\narticle = "5(1)"\nshare   = { bank = "20%", guarantor = "40%", insurer = "10%", pool = "rest" }\n\n[[version.clause]]\nname    = "plain_split"\narticle = "5(2)"\nshare   = { bank = "20%", guarantor = "50%", pool = "rest" }\n\n[[version.clause]]\nname    = "pool"\narticle = "6"\nlayer   = { per = "scheme-year", limit = "pool_funding", first = "government", then = "guarantor" }\n\n[[version.clause]]\nname    = "recovery"\narticle = "9"\nfollow  = { borne = "loss", by = "paid_share", per = "loan", then = "debtor" }\n\n[[version]]\neffective   = 2024-07-01\nsource      = "an example; no published agreement"\nyear_by     = "compensated_on"\nlate        = "append"\ndecided     = "period"\nlimit_basis = "current"\nrounding    = { scope = "cumulative", method = "largest_remainder" }\n\n[version.loss]\non        = "compensation"\ncounts    = ["principal", "interest"]\nuncounted = "bank"\nadvance   = "guarantor"\n\n[version.recovery]\ncosts      = "first"\nreinstates = "no"\n\n[[version.clause]]\nname    = "loss"\narticle = "4"\nchoose  = { by = "insured", yes = "insured_split", no = "plain_split" }\n\n[[version.clause]]\nname    = "insured_split"\narticle = "5(1)"\nshare   = { bank = "20%", guarantor = "35%", insurer = "10%", pool = "rest" }\n\n[[version.clause]]\nname    = "plain_split"\narticle = "5(2)"\nshare   = { bank = "20%", guarantor = "45%", pool = "rest" }\n\n[[version.clause]]\nname    = "pool"\narticle = "6"\nlayer   = { per = "scheme-year", limit = "pool_funding", first = "government", then = "guarantor" }\n\n[[version.clause]]\nname    = "recovery"\narticle = "9"\nfollow  = { borne = "loss", by = "paid_share", per = "loan", then = "debtor" }\n	office	2026-11-24 13:01:22.517562+00
example-premium-subsidy	2	CNY	ddbbbea10ee51607f70002693955ad1868f48953c92c2747a46c06d562d63d21	# An example of a premium subsidy: a rate, then a ceiling per enterprise and year, then the year's budget pro rata.\n# 50 % and 300,000 are the ceilings published for Suzhou's science-and-technology insurance in 2020 (first class of\n# lines; read on agents' pages, not on the publisher's). That the cut to the budget is pro rata is general practice;\n# no rule text was found for it. The order of the three operations is a term: it is the order of the clauses.\n\nid         = "example-premium-subsidy"\ntitle      = { zh = "科技保险保费补贴（示例）", en = "Premium subsidy for science-and-technology insurance (example)" }\ncurrency   = "CNY"\nstatus     = "example"\napplies_by = "registered_on"\n\n[[version]]\neffective   = 2020-01-01\nsource      = "Suzhou 2020, copies at ddduc.com and filmfandojo.com: at most 50 %, at most 300,000 per applicant and year"\nyear_by     = "paid_on"\nlate        = "append"\ndecided     = "year"\nlimit_basis = "current"\nrounding    = { scope = "event", method = "largest_remainder" }\n\n[version.amounts]\nenterprise_cap = "300,000.00"\n\n[[version.clause]]\nname    = "premium"\narticle = "1"\nshare   = { subsidy = "50%", enterprise = "rest" }\n\n[[version.clause]]\nname    = "subsidy"\narticle = "2"\nlayer   = { per = "enterprise-year", limit = "enterprise_cap", first = "yearly_budget", then = "enterprise" }\n\n[[version.clause]]\nname    = "yearly_budget"\narticle = "3"\nlayer   = { per = "scheme-year", limit = "budget", first = "finance", then = "enterprise", order = "pro_rata" }\n	office	2026-11-24 13:01:22.538147+00
example-fee-reduction	3	CNY	9ed8151eb618367972d812081d88e907524a01e396aa203f011fc72d5fa66539	# An example of compensating guarantors for charging less than a benchmark fee rate. The benchmark is made up.\n# The amount of a fact is the gap: (benchmark rate less the rate charged) times the guaranteed amount times days / year.\n\nid         = "example-fee-reduction"\ntitle      = { zh = "担保费降费补偿（示例）", en = "Compensation for reduced guarantee fees (example)" }\ncurrency   = "CNY"\nstatus     = "example"\napplies_by = "registered_on"\n\n[[version]]\neffective   = 2023-01-01\nsource      = "an example; no published agreement"\nyear_by     = "paid_on"\nlate        = "append"\ndecided     = "period"\nlimit_basis = "current"\nrounding    = { scope = "cumulative", method = "largest_remainder" }\n\n[version.fee_reduction]\nbenchmark_rate = "1.50%"\ndays_in_year   = 365\n\n[[version.clause]]\nname    = "fee_reduction"\narticle = "1"\nshare   = { yearly_budget = "100%" }\n\n[[version.clause]]\nname    = "yearly_budget"\narticle = "2"\nlayer   = { per = "scheme-year", limit = "budget", first = "finance", then = "guarantor" }\n	office	2026-11-24 13:01:22.541063+00
\.

COPY share.settled (obligation_id, instruction_id) FROM stdin;
d94a6be6-17e9-30cb-ca6f-118bac00e0b0	settle/2023Q1/2023-04-01/云杉产业投资/松澜科创引导基金/CNY
23fd8f4f-bc39-157b-09a2-4803d88c3420	settle/2023Q1/2023-04-01/云杉融资担保/松澜省再担保/CNY
908ac044-b8ef-eeb7-3088-daa0633b1bca	settle/2023Q1/2023-04-01/云杉融资担保/松澜省再担保/CNY
10701263-eae7-2081-0b00-80c45bae6bd5	settle/2023Q1/2023-04-01/松澜省财政厅/云杉融资担保/CNY
5cca8d37-be94-790c-5400-6a2a4e937b79	settle/2023Q1/2023-04-01/松澜财政出资平台/松澜科创引导基金/CNY
3f3dd03b-9840-5fe2-a30e-90646b422711	settle/2023Q1/2023-04-01/霁川创业投资/松澜科创引导基金/CNY
15c1d758-94ac-eb92-e886-d413ab37adc4	settle/2023Q3/2023-10-01/松澜科技融资担保/松澜省再担保/CNY
1d3f6662-9e8d-7ae4-8dcc-dca3a8146729	settle/2023Q3/2023-10-01/霁川融资担保/松澜省再担保/CNY
bdf62a42-25a8-8bcd-5bfa-a7e78e22f8e7	settle/2024Q1/2024-04-01/霁川融资担保/松澜省再担保/CNY
f8277412-c05e-d8a5-1032-d3736f159f35	settle/2024Q2/2024-07-01/云杉产业投资/松澜科创引导基金/CNY
bb2b41a6-ed1b-cedf-d99d-1ff3a8ff22e0	settle/2024Q2/2024-07-01/云杉融资担保/松澜省再担保/CNY
621ee219-b5bb-d864-2b02-29ae22ee16a0	settle/2024Q2/2024-07-01/松澜财政出资平台/松澜科创引导基金/CNY
a02ab628-79e6-76e1-8966-cb2e545b1b31	settle/2024Q2/2024-07-01/霁川创业投资/松澜科创引导基金/CNY
abab0aab-5f2b-df15-9d66-aeaff19adf84	settle/2024Q3/2024-10-01/松澜科技融资担保/松澜省再担保/CNY
b93c8ade-b542-6eb3-1c1f-429f218d58e3	settle/2024Q3/2024-10-01/松澜省财政厅/松澜科技融资担保/CNY
e4750110-e1d2-c65e-f7a2-430ea0b2f7f1	settle/2024Q4/2025-01-01/松澜省财政厅/岚江财产保险/CNY
13c0cf30-5909-0493-25c2-4ea5fbd1800b	settle/2025Q1/2025-04-01/云杉融资担保/松澜省再担保/CNY
58e4e974-a8f1-955c-d3dc-c86424db43b0	settle/2025Q1/2025-04-01/云杉融资担保/松澜省再担保/CNY
32675b84-d532-f4b7-54f3-40e98ba820be	settle/2025Q1/2025-04-01/松澜省财政厅/云杉融资担保/CNY
0ad9cfa0-7e89-952b-1526-a2328f826263	settle/2025Q2/2025-07-01/霁川融资担保/松澜省再担保/CNY
4236cfd0-cf5d-a3d9-e987-7cc210089aa2	settle/2025Q2/2025-07-01/松澜省财政厅/霁川融资担保/CNY
900e6f9c-7d67-e5d6-edac-b614a99e05c1	settle/2025Q3/2025-10-01/松澜科创引导基金/云杉产业投资/CNY
a257531f-7e25-1320-d819-80c64aecd854	settle/2025Q3/2025-10-01/霁川融资担保/松澜省再担保/CNY
fc0974ec-33d5-4dc2-c22e-eb67dbe27cf4	settle/2025Q3/2025-10-01/松澜科创引导基金/松澜财政出资平台/CNY
100bab7e-118a-af71-56dd-d746d8962bd8	settle/2025Q3/2025-10-01/松澜科创引导基金/霁川创业投资/CNY
c6f92b88-4689-bede-5ab1-043e9b4e7eed	settle/2025Q4/2026-01-01/云杉融资担保/松澜省再担保/CNY
0860d8ce-1859-67c7-97b6-4d51abce9cd4	settle/2025Q4/2026-01-01/松澜省财政厅/岚江财产保险/CNY
b1a81109-4328-98b8-c3f3-9cac062fafa7	settle/2025Q4/2026-01-01/松澜省财政厅/岚江财产保险/CNY
4b8f2257-52ee-8184-f8e4-6068eee6b847	settle/2025Q4/2026-01-01/松澜省财政厅/镜泽财产保险/CNY
5e2c354b-cca8-1b8c-846d-a800f8fbb01a	settle/2025Q4/2026-01-01/松澜省财政厅/镜泽财产保险/CNY
\.
SELECT pg_catalog.setval('ledger.account_account_id_seq', 126, true);
SELECT pg_catalog.setval('ledger.book_book_id_seq', 21, true);
SELECT pg_catalog.setval('product.event_seq_seq', 152, true);
SELECT pg_catalog.setval('product.import_run_import_no_seq', 1, false);
SELECT pg_catalog.setval('share.close_close_no_seq', 12, true);
SELECT pg_catalog.setval('share.scheme_seq_seq', 3, true);
