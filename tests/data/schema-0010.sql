-- What the program wrote when schema 0010 was its newest: the books of a made-up river. Debts, reservations and how they ended,
-- reversals, refusals, two quarters closed and settled, blocks by SHA-256 and by SM3, a limit by two persons; among it the nine
-- postings of test_upgrade.py. COPY blocks, to load while no trigger fires. Never made again: it is history.

COPY ledger.book (book_id, name) FROM stdin;
1	Bureau of the river
2	River bank
3	River guarantee
4	River insurer
5	River re-guarantee
6	Ferry of the river
7	River mutual
\.

COPY ledger.head (book_id, last_journal, digest) FROM stdin;
1	38	\\x820acb0528c7f563a51367456ab79006b209757bf4fca38e7a9b8990831fdbb4
2	42	\\xe27cbd5b7744b1a312fac7f057f7240997bbca6864ae4c6873d5c27bd274071a
3	66	\\x7ed0dd6e01f3869b64981d3fd0f40e7efa03d82cb34602aa7153decf21932199
4	40	\\x3d521476bc8f804361de7d804b3fc657ce9c3aa26f78ec0cfd31cb4b28a79b93
5	54	\\x2239cd7fffe3e38367a8b184ccb839dc852ca3d7d0e4e1292dfd02a2ce5ec2b7
6	0	\\xce4094604035b6f00e2a5a1e47efa82078ddd149dbc76d74b53e349b43c7453d
7	2	\\x747472960d188a6bfb8564186c4a53f3f27d903a4521348d7b96b5bf767d74c7
\.

COPY ledger.account (book_id, account_id, role, kind, counterparty_book_id, currency) FROM stdin;
1	1	capital	equity	\N	CNY
1	2	cash	asset	\N	CNY
1	11	budget	liability	\N	CNY
1	14	pool_fund	liability	\N	CNY
1	23	due_from	asset	3	CNY
1	24	due_from	asset	4	CNY
1	25	due_from	asset	5	CNY
1	33	due_to	liability	5	CNY
1	59	due_to	liability	3	CNY
2	3	capital	equity	\N	CNY
2	4	cash	asset	\N	CNY
2	15	deposits	liability	\N	CNY
2	16	loan	asset	\N	CNY
2	22	interest_income	income	\N	CNY
2	26	due_from	asset	3	CNY
2	37	due_from	asset	4	CNY
2	38	npl	asset	\N	CNY
2	51	due_to	liability	4	CNY
2	60	impairment	expense	\N	CNY
2	61	loan_allowance	asset	\N	CNY
2	68	due_to	liability	3	CNY
3	5	capital	equity	\N	CNY
3	6	cash	asset	\N	CNY
3	17	exposure	memo	\N	CNY
3	18	exposure_contra	memo	\N	CNY
3	19	ceded_fee	expense	\N	CNY
3	20	fee_income	income	\N	CNY
3	27	due_from	asset	4	CNY
3	28	due_to	liability	1	CNY
3	29	due_to	liability	2	CNY
3	34	due_to	liability	5	CNY
3	39	claim_loss	expense	\N	CNY
3	40	due_from	asset	5	CNY
3	52	due_to	liability	4	CNY
3	55	claim_recv	asset	\N	CNY
3	58	subsidy_income	income	\N	CNY
3	62	allowance	asset	\N	CNY
3	63	due_from	asset	1	CNY
3	64	due_from	asset	7	CNY
3	65	impairment	expense	\N	CNY
3	69	due_from	asset	2	CNY
4	7	capital	equity	\N	CNY
4	8	cash	asset	\N	CNY
4	30	due_to	liability	1	CNY
4	31	due_to	liability	3	CNY
4	41	claims_paid	expense	\N	CNY
4	42	due_to	liability	2	CNY
4	45	expense:Ferry toll	expense	\N	CNY
4	46	premium_income	income	\N	CNY
4	47	premium_recv	asset	\N	CNY
4	48	subsidy_income	income	\N	CNY
4	53	due_from	asset	2	CNY
4	54	due_from	asset	3	CNY
4	56	due_from	asset	5	CNY
5	9	capital	equity	\N	CNY
5	10	cash	asset	\N	CNY
5	12	capital	equity	\N	USD
5	13	cash	asset	\N	USD
5	21	fee_income	income	\N	CNY
5	32	due_to	liability	1	CNY
5	35	due_from	asset	1	CNY
5	36	due_from	asset	3	CNY
5	43	claim_loss	expense	\N	CNY
5	44	due_to	liability	3	CNY
5	57	due_to	liability	4	CNY
6	49	cash	asset	\N	CNY
6	50	subsidy_income	income	\N	CNY
7	66	claims_paid	expense	\N	CNY
7	67	due_to	liability	3	CNY
7	70	cash	asset	\N	CNY
\.

COPY ledger.balance (book_id, account_id, currency, debits, credits, credit_floor, debit_floor, debits_pending, credits_pending) FROM stdin;
1	1	CNY	0	300000000	\N	\N	0	0
1	2	CNY	1000072022	35745017	\N	\N	0	59026
1	11	CNY	5006	200001999	0	\N	59026	0
1	14	CNY	35700000	500000000	\N	\N	0	0
1	23	CNY	10004	10004	\N	\N	0	0
1	24	CNY	10005	10005	\N	\N	0	0
1	25	CNY	30006	10002	\N	\N	0	0
1	33	CNY	0	50016	\N	\N	0	0
1	59	CNY	35700000	35700000	\N	\N	0	0
2	3	CNY	0	300000014	\N	\N	0	0
2	4	CNY	544823253	163220073	\N	\N	0	0
2	15	CNY	0	300000000	\N	\N	0	0
2	16	CNY	300014668	100028675	\N	-5000000000	0	0
2	22	CNY	72	2001014	\N	\N	0	0
2	26	CNY	81610002	163220003	\N	\N	0	0
2	37	CNY	4778	7111	\N	\N	0	0
2	38	CNY	102031119	81619447	\N	\N	0	0
2	51	CNY	2444	0	\N	\N	0	0
2	60	CNY	20400000	0	\N	\N	0	0
2	61	CNY	0	20400000	\N	\N	0	0
2	68	CNY	81610001	0	\N	\N	0	0
3	5	CNY	0	300000007	\N	\N	0	0
3	6	CNY	509248927	244917757	\N	-100000	42000	0
3	17	CNY	240000000	81600000	\N	\N	0	0
3	18	CNY	81600000	240000000	\N	\N	0	0
3	19	CNY	7326	433	\N	\N	0	0
3	20	CNY	1737	29355	\N	\N	0	0
3	27	CNY	20010	20006	\N	\N	0	0
3	28	CNY	10004	10004	\N	\N	0	0
3	29	CNY	163220003	81610002	\N	\N	0	0
3	34	CNY	37341	50790	\N	\N	0	0
3	39	CNY	36008	29005	\N	\N	0	0
3	40	CNY	14337	21338	\N	\N	0	0
3	52	CNY	10003	0	\N	\N	0	0
3	55	CNY	81600001	45900000	\N	\N	0	0
3	58	CNY	0	6999	\N	\N	0	42000
3	62	CNY	0	35700001	\N	\N	0	0
3	63	CNY	35700000	35700000	\N	\N	0	0
3	64	CNY	10200000	10200000	\N	\N	0	0
3	65	CNY	35700001	0	\N	\N	0	0
3	69	CNY	0	81610001	\N	\N	0	0
4	7	CNY	0	300000028	\N	\N	0	0
4	8	CNY	300047053	56236	\N	\N	17026	0
4	30	CNY	10005	10005	\N	\N	0	0
4	31	CNY	20006	20010	\N	\N	0	0
4	41	CNY	4778	2444	\N	\N	0	0
4	42	CNY	7111	4778	\N	\N	0	0
4	45	CNY	1344	1980	\N	\N	0	0
4	46	CNY	1332	1962	\N	\N	0	0
4	47	CNY	3942	2676	\N	\N	0	0
4	48	CNY	4000	7007	\N	\N	0	17026
4	53	CNY	0	2444	\N	\N	0	0
4	54	CNY	0	10003	\N	\N	0	0
4	56	CNY	20002	0	\N	\N	0	0
5	9	CNY	0	300000032	\N	\N	0	0
5	10	CNY	300087371	117909	\N	-700000	0	0
5	12	USD	0	12	\N	\N	0	0
5	13	USD	12	0	\N	\N	0	0
5	21	CNY	433	7326	\N	\N	0	0
5	32	CNY	10002	30006	\N	\N	0	0
5	35	CNY	50016	0	\N	\N	0	0
5	36	CNY	50790	37341	\N	\N	0	0
5	43	CNY	14337	7334	\N	\N	0	0
5	44	CNY	21338	14337	\N	\N	0	0
5	57	CNY	0	20002	\N	\N	0	0
6	49	CNY	0	0	\N	\N	0	0
6	50	CNY	0	0	\N	\N	0	0
7	66	CNY	10200000	0	\N	\N	0	0
7	67	CNY	10200000	10200000	\N	\N	0	0
7	70	CNY	0	10200000	\N	\N	0	0
\.

COPY ledger.period (book_id, period_id, state, closed_by, closed_at) FROM stdin;
1	20251	closed	office	2026-11-24 16:10:52.677503+00
1	20252	closed	office	2026-11-24 16:10:55.516908+00
2	20251	closed	office	2026-11-24 16:10:52.67769+00
2	20252	closed	office	2026-11-24 16:10:55.516996+00
3	20251	closed	office	2026-11-24 16:10:52.677709+00
3	20252	closed	office	2026-11-24 16:10:55.517001+00
4	20251	closed	office	2026-11-24 16:10:52.677715+00
4	20252	closed	office	2026-11-24 16:10:55.517005+00
5	20251	closed	office	2026-11-24 16:10:52.677721+00
5	20252	closed	office	2026-11-24 16:10:55.517009+00
6	20251	closed	office	2026-11-24 16:10:52.677725+00
6	20252	closed	office	2026-11-24 16:10:55.517012+00
7	20252	closed	office	2026-11-24 16:10:55.517016+00
\.

COPY ledger.calendar (only_row, unit, closed_through) FROM stdin;
t	quarter	2025-06-30
\.

COPY ledger.obligation (obligation_id, event_id, debtor_book_id, creditor_book_id, currency, amount, due_on) FROM stdin;
00b97ea6-df3c-45b4-890a-96c9d43db43e	spring lent-3	1	5	CNY	20003	2025-07-16
14b91c79-dae9-4554-ac9c-ce6f889263ce	lent-5	4	1	CNY	10005	2025-06-09
24bd4820-4652-462d-ae48-39a13ed7e666	loss-1	5	3	CNY	7001	2025-03-03
26ea42ec-17be-482f-9981-dfa30cf25923	spring lent-4	5	1	CNY	20004	2025-07-31
2c9a7f10-5d3e-4b61-8a02-7e1f3d5c9b04	river-1	3	2	CNY	81600000	2025-03-20
30e0888f-ceb5-46f6-bb60-5ee62a96d06a	lent-8	1	5	CNY	10008	2025-08-08
4bd90a77-f65c-43f3-9dca-cf74cebe24d9	summer lent	3	5	CNY	777	2025-12-01
4d753ac1-74ab-4a38-845b-e2c51e9667c2	loss-2	5	3	CNY	333	2025-09-03
54106037-6c5e-4578-b54f-9b96b2a7a18a	loss-3	4	2	CNY	2334	2025-06-03
57f6129b-6990-e4d1-ca2c-1126b4644c7b	lent-3 back	3	4	CNY	10003	2025-03-03
69b1dcbf-f843-4db8-b96b-a83ad798c9cf	lent-3	4	3	CNY	10003	2025-04-30
6f9fb997-735c-476b-8c8a-18b2aaac3142	lent-1	3	2	CNY	10001	2025-03-21
70fc1afc-8f08-46a2-aa71-a2adb3a63fa3	spring lent-2	5	4	CNY	20002	2025-07-01
7c2c966d-ccad-461f-be20-ce1cd55d1ce7	spring lent-5	1	5	CNY	20005	2025-08-15
8048e341-c64c-47e7-afbf-2c39dcae6d62	spring lent-6	3	5	CNY	20006	2025-08-30
874e23dd-8620-4dcd-5fe8-9ab7b4758d5c	2025Q2/example-four-party/L-001/loss	3	2	CNY	1	2025-06-30
89e6156b-5967-4bd6-95be-4da08a92250d	spring lent-1	3	5	CNY	20001	2025-06-16
8f062267-2d6b-8484-493e-db503dfe9876	loss-2 back	3	5	CNY	333	2025-03-03
8fb5deee-0416-1e6f-2bbb-c63366a48487	river-8	2	3	CNY	81600000	2025-05-06
bdb15ab2-ff28-5903-60a3-70552f23cfa2	lent-1 back	2	3	CNY	10001	2025-05-11
c5ec6148-c688-4007-b6bb-5ea11ce80b12	lent-7	4	3	CNY	10007	2025-07-19
c9ea3210-e5df-4f0a-8255-ca4fb9e93d52	loss-3	5	3	CNY	7003	2025-06-03
cdcb6af9-806a-9e57-0842-e2c5d691c91e	loss-1 back	2	4	CNY	2333	2025-05-11
cee36ea3-ee54-4e44-f95a-61492c090fdd	2025Q2/example-four-party/L-001/loss	7	3	CNY	10200000	2025-06-30
d1542c8b-ca37-2f84-6570-c339af9d43d1	loss-2 back	2	4	CNY	111	2025-03-03
d167533a-4d19-49a0-bf21-682208208d09	lent-4	3	1	CNY	10004	2025-05-20
d814d575-531e-456c-95a4-d257a7298c66	lent-2	5	1	CNY	10002	2025-04-10
dd68f201-2daf-44c1-8598-6adb9e044706	loss-1	4	2	CNY	2333	2025-03-03
e9b7ea61-5fc9-4ba4-b210-8d619136580b	lent-6	3	5	CNY	10006	2025-06-29
eca0eef7-8a2d-8f83-408a-c02b7fac86c2	2025Q2/example-four-party/L-001/loss	1	3	CNY	35700000	2025-06-30
f16a1e3f-a612-449e-a911-655e2a395d33	loss-2	4	2	CNY	111	2025-09-03
fe92e521-e050-478a-e164-c1708d8e3761	loss-1 back	3	5	CNY	7001	2025-05-11
\.

COPY ledger.journal (book_id, journal_no, part, lines, effective_on, phase, relates_to_on, expires_on, reverses_no, resolves_no, event_id, kind, actor) FROM stdin;
1	1	1	1	2025-01-02	posted	\N	\N	\N	\N	fund-1	party.funded	office
1	2	1	1	2025-01-03	posted	\N	\N	\N	\N	budget-1	budget.appropriated	office
1	3	1	1	2025-01-02	posted	\N	\N	\N	\N	POOL:funded:2025-01-02	pool.funded	office
1	4	2	1	2025-01-08	posted	\N	\N	\N	\N	lent-2	party.lent	clerk
1	5	2	1	2025-01-25	posted	\N	\N	\N	\N	lent-4	party.lent	clerk
1	6	2	1	2025-02-01	posted	\N	\N	\N	\N	lent-5	party.lent	clerk
1	7	1	1	2025-02-23	posted	\N	\N	\N	\N	lent-8	party.lent	clerk
1	8	1	2	2025-01-09	reserved	\N	\N	\N	\N	promise-1	subsidy.promised	office
1	9	1	2	2025-01-10	reserved	\N	\N	\N	\N	promise-2	subsidy.promised	office
1	10	1	2	2025-01-11	reserved	\N	\N	\N	\N	promise-3	subsidy.promised	office
1	11	1	2	2025-01-12	reserved	\N	2025-02-20	\N	\N	promise-4	subsidy.promised	office
1	12	1	2	2025-01-13	reserved	\N	2025-02-20	\N	\N	promise-5	subsidy.promised	office
1	13	1	2	2025-01-14	reserved	\N	\N	\N	\N	promise-6	subsidy.promised	office
1	14	1	2	2025-01-15	reserved	\N	\N	\N	\N	promise-7	subsidy.promised	office
1	15	1	2	2025-03-03	posted	\N	\N	\N	8	promise-1 whole	resolution	office
1	16	1	1	2025-03-03	posted	\N	\N	\N	9	promise-2 part	resolution	office
1	17	1	0	2025-03-03	voided	\N	\N	\N	10	promise-3 void	resolution	office
1	18	1	0	2025-03-03	expired	\N	\N	\N	11	promise-4 expired	office.expired	office
1	19	1	1	2025-03-03	posted	\N	\N	16	\N	promise-2 back	reversal	office
1	20	1	1	2025-04-26	posted	\N	\N	\N	\N	spring lent-3	party.lent	clerk
1	21	2	1	2025-06-06	posted	\N	\N	\N	\N	spring lent-4	party.lent	clerk
1	22	1	1	2025-06-03	posted	\N	\N	\N	\N	spring lent-5	party.lent	clerk
1	23	1	2	2025-05-06	reserved	\N	2025-12-31	\N	\N	river-4	subsidy.promised	office
1	24	1	1	2025-05-06	reserved	\N	\N	\N	\N	river-6	subsidy.promised	office
1	25	1	0	2025-05-06	voided	\N	\N	\N	24	river-7	resolution	office
1	26	1	2	2025-05-02	reserved	\N	2025-08-01	\N	\N	summer promise-1	subsidy.promised	office
1	27	1	2	2025-05-03	reserved	\N	\N	\N	\N	summer promise-2	subsidy.promised	office
1	28	1	2	2025-05-04	reserved	\N	2025-08-01	\N	\N	summer promise-3	subsidy.promised	office
1	29	1	2	2025-05-05	reserved	\N	\N	\N	\N	summer promise-4	subsidy.promised	office
1	30	1	2	2025-05-06	reserved	\N	2025-08-01	\N	\N	summer promise-5	subsidy.promised	office
1	31	1	0	2025-05-10	voided	\N	\N	\N	13	promise-6 late void	resolution	office
1	32	1	0	2025-05-10	expired	\N	\N	\N	12	promise-5 expired	resolution	office
1	33	1	2	2025-05-10	posted	\N	\N	\N	26	summer promise-1 whole	resolution	office
1	34	4	1	2025-06-30	posted	\N	\N	\N	\N	2025Q2/example-four-party/L-001/loss	loss.shared	office
1	35	1	2	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/Bureau of the river/River guarantee/CNY	settlement.paid	office
1	36	2	1	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River insurer/Bureau of the river/CNY	settlement.paid	office
1	37	2	1	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River re-guarantee/Bureau of the river/CNY	settlement.paid	office
1	38	1	2	2025-07-20	posted	\N	\N	\N	28	summer promise-3 part	resolution	office
2	1	3	1	2025-01-02	posted	\N	\N	\N	\N	fund-1	party.funded	office
2	2	1	1	2025-01-06	posted	\N	\N	\N	\N	L-001:disbursed:2025-01-06	loan.disbursed	office
2	3	1	1	2025-03-26	posted	\N	\N	\N	\N	interest-1	interest.paid	clerk
2	4	1	1	2025-02-22	posted	\N	\N	\N	\N	interest-2	interest.paid	clerk
2	5	1	1	2025-02-25	posted	\N	\N	\N	\N	interest-3	interest.paid	clerk
2	6	1	1	2025-03-02	posted	\N	\N	\N	\N	interest-4	interest.paid	clerk
2	7	1	1	2025-02-13	posted	\N	\N	\N	\N	interest-5	interest.paid	office
2	8	1	1	2025-02-10	posted	\N	\N	\N	\N	interest-6	interest.paid	office
2	9	1	1	2025-03-07	posted	\N	\N	\N	\N	interest-7	interest.paid	office
2	10	1	1	2025-01-30	posted	\N	\N	\N	\N	interest-8	interest.paid	office
2	11	1	1	2025-02-15	posted	\N	\N	\N	\N	interest-9	interest.paid	office
2	12	1	1	2025-02-23	posted	\N	\N	\N	\N	interest-10	interest.paid	office
2	13	2	1	2025-03-23	posted	\N	\N	\N	\N	lent-1	party.lent	clerk
2	14	4	2	2025-02-03	posted	\N	\N	\N	\N	loss-1	loss.borne	office
2	15	4	2	2025-02-04	posted	\N	\N	\N	\N	loss-2	loss.borne	office
2	16	1	1	2025-02-10	posted	\N	\N	\N	\N	link-1a	interest.paid	office
2	17	4	2	2025-03-03	posted	\N	\N	15	\N	loss-2 back	reversal	office
2	18	2	2	2025-02-14	posted	\N	\N	\N	\N	river-1	guarantee.lent	office
2	19	2	1	2025-04-01	posted	\N	\N	\N	\N	settle/2025Q1/2025-04-01/River guarantee/River bank/CNY	settlement.paid	office
2	20	2	2	2025-04-01	posted	\N	\N	\N	\N	settle/2025Q1/2025-04-01/River insurer/River bank/CNY	settlement.paid	office
2	21	1	1	2025-04-02	posted	2025-03-30	\N	\N	\N	late-0	interest.paid	office
2	22	1	1	2025-04-02	posted	2025-03-29	\N	\N	\N	late-1	interest.paid	office
2	23	1	1	2025-04-02	posted	2025-03-28	\N	\N	\N	late-2	interest.paid	office
2	24	1	1	2025-04-02	posted	2025-03-27	\N	\N	\N	late-3	interest.paid	office
2	25	1	2	2025-06-01	posted	\N	\N	\N	\N	L-001:default_declared:2025-06-01	loan.default_declared	office
2	26	2	1	2025-06-20	posted	\N	\N	\N	\N	G-001:compensated:2025-06-20	guarantee.compensated	office
2	27	1	1	2025-06-18	posted	\N	\N	\N	\N	spring interest-1	interest.paid	河岸 clerk
2	28	1	1	2025-04-25	posted	\N	\N	\N	\N	spring interest-2	interest.paid	河岸 clerk
2	29	1	1	2025-05-24	posted	\N	\N	\N	\N	spring interest-3	interest.paid	河岸 clerk
2	30	1	1	2025-06-07	posted	\N	\N	\N	\N	spring interest-4	interest.paid	河岸 clerk
2	31	1	1	2025-05-05	posted	\N	\N	\N	\N	spring interest-5	interest.paid	河岸 clerk
2	32	1	1	2025-06-11	posted	\N	\N	\N	\N	spring interest-6	interest.paid	河岸 clerk
2	33	1	1	2025-05-09	posted	\N	\N	\N	\N	spring interest-7	interest.paid	河岸 clerk
2	34	1	1	2025-06-10	posted	\N	\N	\N	\N	spring interest-8	interest.paid	河岸 clerk
2	35	4	2	2025-05-03	posted	\N	\N	\N	\N	loss-3	loss.borne	office
2	36	2	2	2025-05-06	posted	\N	\N	18	\N	river-8	reversal	office
2	37	1	1	2025-05-11	posted	\N	\N	22	\N	late-1 back	reversal	office
2	38	4	2	2025-05-11	posted	\N	\N	14	\N	loss-1 back	reversal	office
2	39	2	1	2025-05-11	posted	\N	\N	13	\N	lent-1 back	reversal	office
2	40	1	2	2025-06-30	posted	\N	\N	\N	\N	2025Q2/example-four-party/L-001/loss	loss.shared	office
2	41	1	2	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River bank/River guarantee/CNY	settlement.paid	office
2	42	2	2	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River insurer/River bank/CNY	settlement.paid	office
3	1	2	1	2025-01-02	posted	\N	\N	\N	\N	fund-1	party.funded	office
3	2	1	1	2025-01-06	posted	\N	\N	\N	\N	G-001:issued:2025-01-06	guarantee.issued	office
3	3	1	2	2025-03-22	posted	\N	\N	\N	\N	fee-1	fee.charged	office
3	4	1	2	2025-01-12	posted	\N	\N	\N	\N	fee-2	fee.charged	office
3	5	1	2	2025-03-03	posted	\N	\N	\N	\N	fee-3	fee.charged	office
3	6	1	2	2025-03-10	posted	\N	\N	\N	\N	fee-4	fee.charged	office
3	7	1	2	2025-03-22	posted	\N	\N	\N	\N	fee-5	fee.charged	office
3	8	1	2	2025-01-09	posted	\N	\N	\N	\N	fee-6	fee.charged	河岸 clerk
3	9	1	2	2025-02-03	posted	\N	\N	\N	\N	fee-7	fee.charged	河岸 clerk
3	10	1	2	2025-03-08	posted	\N	\N	\N	\N	fee-8	fee.charged	office
3	11	1	2	2025-03-11	posted	\N	\N	\N	\N	fee-9	fee.charged	office
3	12	1	2	2025-02-12	posted	\N	\N	\N	\N	fee-10	fee.charged	office
3	13	1	2	2025-01-28	posted	\N	\N	\N	\N	fee-11	fee.charged	office
3	14	1	2	2025-01-12	posted	\N	\N	\N	\N	fee-12	fee.charged	office
3	15	1	2	2025-03-15	posted	\N	\N	\N	\N	fee-13	fee.charged	office
3	16	1	2	2025-03-11	posted	\N	\N	\N	\N	fee-14	fee.charged	office
3	17	1	1	2025-03-23	posted	\N	\N	\N	\N	lent-1	party.lent	clerk
3	18	2	1	2025-02-07	posted	\N	\N	\N	\N	lent-3	party.lent	clerk
3	19	1	1	2025-01-25	posted	\N	\N	\N	\N	lent-4	party.lent	clerk
3	20	1	1	2025-02-15	posted	\N	\N	\N	\N	lent-6	party.lent	clerk
3	21	2	1	2025-03-17	posted	\N	\N	\N	\N	lent-7	party.lent	clerk
3	22	1	2	2025-02-03	posted	\N	\N	\N	\N	loss-1	loss.borne	office
3	23	1	2	2025-02-04	posted	\N	\N	\N	\N	loss-2	loss.borne	office
3	24	1	2	2025-02-10	posted	\N	\N	\N	\N	link-1b	fee.charged	office
3	25	1	2	2025-03-03	posted	\N	\N	4	\N	fee-2 back	reversal	office
3	26	1	2	2025-03-03	posted	\N	\N	23	\N	loss-2 back	reversal	office
3	27	2	1	2025-03-03	posted	\N	\N	18	\N	lent-3 back	office.mistake	office
3	28	1	1	2025-02-14	posted	\N	\N	\N	\N	river-1	guarantee.lent	office
3	29	1	2	2025-03-03	posted	\N	\N	\N	\N	fee-99	fee.charged	office
3	30	1	1	2025-04-01	posted	\N	\N	\N	\N	settle/2025Q1/2025-04-01/River guarantee/River bank/CNY	settlement.paid	office
3	31	1	1	2025-04-01	posted	\N	\N	\N	\N	settle/2025Q1/2025-04-01/River guarantee/River insurer/CNY	settlement.paid	office
3	32	2	2	2025-04-01	posted	\N	\N	\N	\N	settle/2025Q1/2025-04-01/River re-guarantee/River guarantee/CNY	settlement.paid	office
3	33	1	2	2025-06-20	posted	\N	\N	\N	\N	G-001:compensated:2025-06-20	guarantee.compensated	office
3	34	1	2	2025-04-27	posted	\N	\N	\N	\N	spring fee-1	fee.charged	office
3	35	1	2	2025-06-05	posted	\N	\N	\N	\N	spring fee-2	fee.charged	office
3	36	1	2	2025-05-19	posted	\N	\N	\N	\N	spring fee-3	fee.charged	office
3	37	1	2	2025-05-16	posted	\N	\N	\N	\N	spring fee-4	fee.charged	office
3	38	1	2	2025-05-30	posted	\N	\N	\N	\N	spring fee-5	fee.charged	office
3	39	1	2	2025-05-03	posted	\N	\N	\N	\N	spring fee-6	fee.charged	clerk
3	40	1	2	2025-04-05	posted	\N	\N	\N	\N	spring fee-7	fee.charged	clerk
3	41	1	2	2025-06-13	posted	\N	\N	\N	\N	spring fee-8	fee.charged	clerk
3	42	1	2	2025-04-10	posted	\N	\N	\N	\N	spring fee-9	fee.charged	clerk
3	43	1	2	2025-05-17	posted	\N	\N	\N	\N	spring fee-10	fee.charged	clerk
3	44	1	1	2025-06-07	posted	\N	\N	\N	\N	spring lent-1	party.lent	clerk
3	45	1	1	2025-05-26	posted	\N	\N	\N	\N	spring lent-6	party.lent	clerk
3	46	1	2	2025-05-03	posted	\N	\N	\N	\N	loss-3	loss.borne	office
3	47	2	1	2025-05-06	reserved	\N	2025-12-31	\N	\N	river-4	subsidy.promised	office
3	48	2	1	2025-05-06	reserved	\N	\N	\N	\N	river-6	subsidy.promised	office
3	49	2	1	2025-05-06	posted	\N	\N	\N	48	river-7	resolution	office
3	50	1	1	2025-05-06	posted	\N	\N	28	\N	river-8	reversal	office
3	51	1	2	2025-05-11	posted	\N	\N	22	\N	loss-1 back	reversal	office
3	52	1	1	2025-05-11	posted	\N	\N	17	\N	lent-1 back	reversal	office
3	53	2	4	2025-06-30	posted	\N	\N	\N	\N	2025Q2/example-four-party/L-001/loss	loss.shared	office
3	54	2	2	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/Bureau of the river/River guarantee/CNY	settlement.paid	office
3	55	2	2	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River bank/River guarantee/CNY	settlement.paid	office
3	56	2	1	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River insurer/River guarantee/CNY	settlement.paid	office
3	57	2	1	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River mutual/River guarantee/CNY	settlement.paid	office
3	58	1	2	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River guarantee/River re-guarantee/CNY	settlement.paid	office
3	59	1	2	2025-09-12	posted	\N	\N	\N	\N	summer fee-1	fee.charged	河岸 clerk
3	60	1	2	2025-09-12	posted	\N	\N	\N	\N	summer fee-2	fee.charged	河岸 clerk
3	61	1	2	2025-07-27	posted	\N	\N	\N	\N	summer fee-3	fee.charged	河岸 clerk
3	62	1	2	2025-08-07	posted	\N	\N	\N	\N	summer fee-4	fee.charged	office
3	63	1	2	2025-08-18	posted	\N	\N	\N	\N	summer fee-5	fee.charged	office
3	64	1	2	2025-09-25	posted	\N	\N	\N	\N	summer fee-6	fee.charged	office
3	65	1	1	2025-07-08	posted	2025-06-29	\N	\N	\N	summer lent	party.lent	office
3	66	1	2	2025-07-20	posted	\N	\N	34	\N	settled back	reversal	office
4	1	5	1	2025-01-02	posted	\N	\N	\N	\N	fund-1	party.funded	office
4	2	1	1	2025-02-07	posted	\N	\N	\N	\N	lent-3	party.lent	clerk
4	3	1	1	2025-02-01	posted	\N	\N	\N	\N	lent-5	party.lent	clerk
4	4	1	1	2025-03-17	posted	\N	\N	\N	\N	lent-7	party.lent	clerk
4	5	3	1	2025-02-03	posted	\N	\N	\N	\N	loss-1	loss.borne	office
4	6	3	1	2025-02-04	posted	\N	\N	\N	\N	loss-2	loss.borne	office
4	7	1	24	2025-02-09	posted	\N	\N	\N	\N	long-1	premium.accrued	office
4	8	2	1	2025-01-09	reserved	\N	\N	\N	\N	promise-1	subsidy.promised	office
4	9	2	1	2025-01-10	reserved	\N	\N	\N	\N	promise-2	subsidy.promised	office
4	10	2	1	2025-01-11	reserved	\N	\N	\N	\N	promise-3	subsidy.promised	office
4	11	2	1	2025-01-12	reserved	\N	2025-02-20	\N	\N	promise-4	subsidy.promised	office
4	12	2	1	2025-01-13	reserved	\N	2025-02-20	\N	\N	promise-5	subsidy.promised	office
4	13	2	1	2025-01-14	reserved	\N	\N	\N	\N	promise-6	subsidy.promised	office
4	14	2	1	2025-01-15	reserved	\N	\N	\N	\N	promise-7	subsidy.promised	office
4	15	2	1	2025-03-03	posted	\N	\N	\N	8	promise-1 whole	resolution	office
4	16	2	1	2025-03-03	posted	\N	\N	\N	9	promise-2 part	resolution	office
4	17	2	0	2025-03-03	voided	\N	\N	\N	10	promise-3 void	resolution	office
4	18	2	0	2025-03-03	expired	\N	\N	\N	11	promise-4 expired	office.expired	office
4	19	3	1	2025-03-03	posted	\N	\N	6	\N	loss-2 back	reversal	office
4	20	1	1	2025-03-03	posted	\N	\N	2	\N	lent-3 back	office.mistake	office
4	21	2	1	2025-03-03	posted	\N	\N	16	\N	promise-2 back	reversal	office
4	22	1	24	2025-03-03	posted	\N	\N	7	\N	long-1 back	reversal	office
4	23	1	2	2025-04-01	posted	\N	\N	\N	\N	settle/2025Q1/2025-04-01/River insurer/River bank/CNY	settlement.paid	office
4	24	2	1	2025-04-01	posted	\N	\N	\N	\N	settle/2025Q1/2025-04-01/River guarantee/River insurer/CNY	settlement.paid	office
4	25	2	1	2025-04-13	posted	\N	\N	\N	\N	spring lent-2	party.lent	clerk
4	26	3	1	2025-05-03	posted	\N	\N	\N	\N	loss-3	loss.borne	office
4	27	2	1	2025-05-02	reserved	\N	2025-08-01	\N	\N	summer promise-1	subsidy.promised	office
4	28	2	1	2025-05-03	reserved	\N	\N	\N	\N	summer promise-2	subsidy.promised	office
4	29	2	1	2025-05-04	reserved	\N	2025-08-01	\N	\N	summer promise-3	subsidy.promised	office
4	30	2	1	2025-05-05	reserved	\N	\N	\N	\N	summer promise-4	subsidy.promised	office
4	31	2	1	2025-05-06	reserved	\N	2025-08-01	\N	\N	summer promise-5	subsidy.promised	office
4	32	2	0	2025-05-10	voided	\N	\N	\N	13	promise-6 late void	resolution	office
4	33	2	0	2025-05-10	expired	\N	\N	\N	12	promise-5 expired	resolution	office
4	34	2	1	2025-05-10	posted	\N	\N	\N	27	summer promise-1 whole	resolution	office
4	35	3	1	2025-05-11	posted	\N	\N	5	\N	loss-1 back	reversal	office
4	36	1	1	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River insurer/Bureau of the river/CNY	settlement.paid	office
4	37	1	2	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River insurer/River bank/CNY	settlement.paid	office
4	38	1	1	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River insurer/River guarantee/CNY	settlement.paid	office
4	39	2	1	2025-07-20	posted	\N	\N	\N	29	summer promise-3 part	resolution	office
4	40	1	12	2025-07-21	posted	\N	\N	\N	\N	long-2	premium.accrued	office
5	1	4	1	2025-01-02	posted	\N	\N	\N	\N	fund-1	party.funded	office
5	2	1	2	2025-01-03	posted	\N	\N	\N	\N	two currencies: ¥ and $	party.funded	office
5	3	2	1	2025-03-22	posted	\N	\N	\N	\N	fee-1	fee.charged	office
5	4	2	1	2025-01-12	posted	\N	\N	\N	\N	fee-2	fee.charged	office
5	5	2	1	2025-03-03	posted	\N	\N	\N	\N	fee-3	fee.charged	office
5	6	2	1	2025-03-10	posted	\N	\N	\N	\N	fee-4	fee.charged	office
5	7	2	1	2025-03-22	posted	\N	\N	\N	\N	fee-5	fee.charged	office
5	8	2	1	2025-01-09	posted	\N	\N	\N	\N	fee-6	fee.charged	河岸 clerk
5	9	2	1	2025-02-03	posted	\N	\N	\N	\N	fee-7	fee.charged	河岸 clerk
5	10	2	1	2025-03-08	posted	\N	\N	\N	\N	fee-8	fee.charged	office
5	11	2	1	2025-03-11	posted	\N	\N	\N	\N	fee-9	fee.charged	office
5	12	2	1	2025-02-12	posted	\N	\N	\N	\N	fee-10	fee.charged	office
5	13	2	1	2025-01-28	posted	\N	\N	\N	\N	fee-11	fee.charged	office
5	14	2	1	2025-01-12	posted	\N	\N	\N	\N	fee-12	fee.charged	office
5	15	2	1	2025-03-15	posted	\N	\N	\N	\N	fee-13	fee.charged	office
5	16	2	1	2025-03-11	posted	\N	\N	\N	\N	fee-14	fee.charged	office
5	17	1	1	2025-01-08	posted	\N	\N	\N	\N	lent-2	party.lent	clerk
5	18	2	1	2025-02-15	posted	\N	\N	\N	\N	lent-6	party.lent	clerk
5	19	2	1	2025-02-23	posted	\N	\N	\N	\N	lent-8	party.lent	clerk
5	20	2	1	2025-02-03	posted	\N	\N	\N	\N	loss-1	loss.borne	office
5	21	2	1	2025-02-04	posted	\N	\N	\N	\N	loss-2	loss.borne	office
5	22	2	1	2025-02-10	posted	\N	\N	\N	\N	link-1b	fee.charged	office
5	23	2	1	2025-03-03	posted	\N	\N	4	\N	fee-2 back	reversal	office
5	24	2	1	2025-03-03	posted	\N	\N	21	\N	loss-2 back	reversal	office
5	25	2	1	2025-03-03	posted	\N	\N	\N	\N	fee-99	fee.charged	office
5	26	1	2	2025-04-01	posted	\N	\N	\N	\N	settle/2025Q1/2025-04-01/River re-guarantee/River guarantee/CNY	settlement.paid	office
5	27	2	1	2025-04-27	posted	\N	\N	\N	\N	spring fee-1	fee.charged	office
5	28	2	1	2025-06-05	posted	\N	\N	\N	\N	spring fee-2	fee.charged	office
5	29	2	1	2025-05-19	posted	\N	\N	\N	\N	spring fee-3	fee.charged	office
5	30	2	1	2025-05-16	posted	\N	\N	\N	\N	spring fee-4	fee.charged	office
5	31	2	1	2025-05-30	posted	\N	\N	\N	\N	spring fee-5	fee.charged	office
5	32	2	1	2025-05-03	posted	\N	\N	\N	\N	spring fee-6	fee.charged	clerk
5	33	2	1	2025-04-05	posted	\N	\N	\N	\N	spring fee-7	fee.charged	clerk
5	34	2	1	2025-06-13	posted	\N	\N	\N	\N	spring fee-8	fee.charged	clerk
5	35	2	1	2025-04-10	posted	\N	\N	\N	\N	spring fee-9	fee.charged	clerk
5	36	2	1	2025-05-17	posted	\N	\N	\N	\N	spring fee-10	fee.charged	clerk
5	37	2	1	2025-06-07	posted	\N	\N	\N	\N	spring lent-1	party.lent	clerk
5	38	1	1	2025-04-13	posted	\N	\N	\N	\N	spring lent-2	party.lent	clerk
5	39	2	1	2025-04-26	posted	\N	\N	\N	\N	spring lent-3	party.lent	clerk
5	40	1	1	2025-06-06	posted	\N	\N	\N	\N	spring lent-4	party.lent	clerk
5	41	2	1	2025-06-03	posted	\N	\N	\N	\N	spring lent-5	party.lent	clerk
5	42	2	1	2025-05-26	posted	\N	\N	\N	\N	spring lent-6	party.lent	clerk
5	43	2	1	2025-05-03	posted	\N	\N	\N	\N	loss-3	loss.borne	office
5	44	2	1	2025-05-11	posted	\N	\N	20	\N	loss-1 back	reversal	office
5	45	1	1	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River re-guarantee/Bureau of the river/CNY	settlement.paid	office
5	46	2	2	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River guarantee/River re-guarantee/CNY	settlement.paid	office
5	47	2	1	2025-09-12	posted	\N	\N	\N	\N	summer fee-1	fee.charged	河岸 clerk
5	48	2	1	2025-09-12	posted	\N	\N	\N	\N	summer fee-2	fee.charged	河岸 clerk
5	49	2	1	2025-07-27	posted	\N	\N	\N	\N	summer fee-3	fee.charged	河岸 clerk
5	50	2	1	2025-08-07	posted	\N	\N	\N	\N	summer fee-4	fee.charged	office
5	51	2	1	2025-08-18	posted	\N	\N	\N	\N	summer fee-5	fee.charged	office
5	52	2	1	2025-09-25	posted	\N	\N	\N	\N	summer fee-6	fee.charged	office
5	53	2	1	2025-07-08	posted	2025-06-29	\N	\N	\N	summer lent	party.lent	office
5	54	2	1	2025-07-20	posted	\N	\N	27	\N	settled back	reversal	office
7	1	3	1	2025-06-30	posted	\N	\N	\N	\N	2025Q2/example-four-party/L-001/loss	loss.shared	office
7	2	1	1	2025-07-01	posted	\N	\N	\N	\N	settle/2025Q2/2025-07-01/River mutual/River guarantee/CNY	settlement.paid	office
\.

COPY ledger.transfer (book_id, journal_no, debit_account_id, credit_account_id, amount, effective_on, line, pending, rule, obligation_id) FROM stdin;
1	1	2	1	300000000	2025-01-02	1	f	P0	\N
1	2	2	11	200000000	2025-01-03	1	f	F0	\N
1	3	2	14	500000000	2025-01-02	1	f	D1	\N
1	4	25	2	10002	2025-01-08	1	f	L1	d814d575-531e-456c-95a4-d257a7298c66
1	5	23	2	10004	2025-01-25	1	f	L1	d167533a-4d19-49a0-bf21-682208208d09
1	6	24	2	10005	2025-02-01	1	f	L1	14b91c79-dae9-4554-ac9c-ce6f889263ce
1	7	2	33	10008	2025-02-23	1	f	L1	30e0888f-ceb5-46f6-bb60-5ee62a96d06a
1	8	11	2	1000	2025-01-09	1	t	S1	\N
1	8	11	2	1001	2025-01-09	2	t	S2	\N
1	9	11	2	2000	2025-01-10	1	t	S1	\N
1	9	11	2	2001	2025-01-10	2	t	S2	\N
1	10	11	2	3000	2025-01-11	1	t	S1	\N
1	10	11	2	3001	2025-01-11	2	t	S2	\N
1	11	11	2	4000	2025-01-12	1	t	S1	\N
1	11	11	2	4001	2025-01-12	2	t	S2	\N
1	12	11	2	5000	2025-01-13	1	t	S1	\N
1	12	11	2	5001	2025-01-13	2	t	S2	\N
1	13	11	2	6000	2025-01-14	1	t	S1	\N
1	13	11	2	6001	2025-01-14	2	t	S2	\N
1	14	11	2	7000	2025-01-15	1	t	S1	\N
1	14	11	2	7001	2025-01-15	2	t	S2	\N
1	15	11	2	1000	2025-03-03	1	f	S1	\N
1	15	11	2	1001	2025-03-03	2	f	S2	\N
1	16	11	2	1999	2025-03-03	1	f	S1	\N
1	19	2	11	1999	2025-03-03	1	f	S1	\N
1	20	2	33	20003	2025-04-26	1	f	L1	00b97ea6-df3c-45b4-890a-96c9d43db43e
1	21	25	2	20004	2025-06-06	1	f	L1	26ea42ec-17be-482f-9981-dfa30cf25923
1	22	2	33	20005	2025-06-03	1	f	L1	7c2c966d-ccad-461f-be20-ce1cd55d1ce7
1	23	11	2	30000	2025-05-06	1	t	S1	\N
1	23	11	2	12000	2025-05-06	2	t	S2	\N
1	24	11	2	7000	2025-05-06	1	t	S1	\N
1	26	11	2	501	2025-05-02	1	t	S1	\N
1	26	11	2	502	2025-05-02	2	t	S2	\N
1	27	11	2	502	2025-05-03	1	t	S1	\N
1	27	11	2	503	2025-05-03	2	t	S2	\N
1	28	11	2	503	2025-05-04	1	t	S1	\N
1	28	11	2	504	2025-05-04	2	t	S2	\N
1	29	11	2	504	2025-05-05	1	t	S1	\N
1	29	11	2	505	2025-05-05	2	t	S2	\N
1	30	11	2	505	2025-05-06	1	t	S1	\N
1	30	11	2	506	2025-05-06	2	t	S2	\N
1	33	11	2	501	2025-05-10	1	f	S1	\N
1	33	11	2	502	2025-05-10	2	f	S2	\N
1	34	14	59	35700000	2025-06-30	1	f	L2p	eca0eef7-8a2d-8f83-408a-c02b7fac86c2
1	35	59	2	35689996	2025-07-01	1	f	N1	\N
1	35	59	23	10004	2025-07-01	2	f	N2	\N
1	36	2	24	10005	2025-07-01	1	f	N1'	\N
1	37	2	25	10002	2025-07-01	1	f	N1'	\N
1	38	11	2	1	2025-07-20	1	f	S1	\N
1	38	11	2	2	2025-07-20	2	f	S2	\N
2	1	4	3	300000014	2025-01-02	1	f	P0	\N
2	2	16	15	300000000	2025-01-06	1	f	A7	\N
2	3	4	22	6	2025-03-26	1	f	I1	\N
2	4	4	22	9	2025-02-22	1	f	I1	\N
2	5	4	22	14	2025-02-25	1	f	I1	\N
2	6	4	22	21	2025-03-02	1	f	I1	\N
2	7	4	22	30	2025-02-13	1	f	I1	\N
2	8	4	22	41	2025-02-10	1	f	I1	\N
2	9	4	22	54	2025-03-07	1	f	I1	\N
2	10	4	22	69	2025-01-30	1	f	I1	\N
2	11	4	22	86	2025-02-15	1	f	I1	\N
2	12	4	22	105	2025-02-23	1	f	I1	\N
2	13	26	4	10001	2025-03-23	1	f	L1	6f9fb997-735c-476b-8c8a-18b2aaac3142
2	14	38	16	14002	2025-02-03	1	f	Art. 6	\N
2	14	37	38	2333	2025-02-03	2	f	Art. 6	dd68f201-2daf-44c1-8598-6adb9e044706
2	15	38	16	666	2025-02-04	1	f	Art. 6	\N
2	15	37	38	111	2025-02-04	2	f	Art. 6	f16a1e3f-a612-449e-a911-655e2a395d33
2	16	4	22	40	2025-02-10	1	f	I1	\N
2	17	16	38	666	2025-03-03	1	f	Art. 6	\N
2	17	38	37	111	2025-03-03	2	f	Art. 6	d1542c8b-ca37-2f84-6570-c339af9d43d1
2	18	4	22	1	2025-02-14	1	f	NULL	\N
2	18	26	4	81600000	2025-02-14	2	f	Art. 5(1)	2c9a7f10-5d3e-4b61-8a02-7e1f3d5c9b04
2	19	4	26	81610001	2025-04-01	1	f	N1'	\N
2	20	4	37	2222	2025-04-01	1	f	N1'	\N
2	20	51	37	111	2025-04-01	2	f	N2'	\N
2	21	4	22	70	2025-04-02	1	f	I1	\N
2	22	4	22	71	2025-04-02	1	f	I1	\N
2	23	4	22	72	2025-04-02	1	f	I1	\N
2	24	4	22	73	2025-04-02	1	f	I1	\N
2	25	38	16	100000001	2025-06-01	1	f	C0	\N
2	25	38	22	2000000	2025-06-01	2	f	C0i	\N
2	26	4	38	81600000	2025-06-20	1	f	C1'	\N
2	27	4	22	7	2025-06-18	1	f	I1	\N
2	28	4	22	10	2025-04-25	1	f	I1	\N
2	29	4	22	15	2025-05-24	1	f	I1	\N
2	30	4	22	22	2025-06-07	1	f	I1	\N
2	31	4	22	31	2025-05-05	1	f	I1	\N
2	32	4	22	42	2025-06-11	1	f	I1	\N
2	33	4	22	55	2025-05-09	1	f	I1	\N
2	34	4	22	70	2025-06-10	1	f	I1	\N
2	35	38	16	14006	2025-05-03	1	f	Art. 6	\N
2	35	37	38	2334	2025-05-03	2	f	Art. 6	54106037-6c5e-4578-b54f-9b96b2a7a18a
2	36	22	4	1	2025-05-06	1	f	NULL	\N
2	36	4	26	81600000	2025-05-06	2	f	Art. 5(1)	8fb5deee-0416-1e6f-2bbb-c63366a48487
2	37	22	4	71	2025-05-11	1	f	I1	\N
2	38	16	38	14002	2025-05-11	1	f	Art. 6	\N
2	38	38	37	2333	2025-05-11	2	f	Art. 6	cdcb6af9-806a-9e57-0842-e2c5d691c91e
2	39	4	26	10001	2025-05-11	1	f	L1	bdb15ab2-ff28-5903-60a3-70552f23cfa2
2	40	60	61	20400000	2025-06-30	1	f	L1b	\N
2	40	26	38	1	2025-06-30	2	f	L3b	874e23dd-8620-4dcd-5fe8-9ab7b4758d5c
2	41	68	4	81610000	2025-07-01	1	f	N1	\N
2	41	68	26	1	2025-07-01	2	f	N2	\N
2	42	4	37	1	2025-07-01	1	f	N1'	\N
2	42	51	37	2333	2025-07-01	2	f	N2'	\N
3	1	6	5	300000007	2025-01-02	1	f	P0	\N
3	2	17	18	240000000	2025-01-06	1	f	A7'g	\N
3	3	6	20	913	2025-03-22	1	f	F1	\N
3	3	19	6	228	2025-03-22	2	f	F2	\N
3	4	6	20	926	2025-01-12	1	f	F1	\N
3	4	19	6	231	2025-01-12	2	f	F2	\N
3	5	6	20	939	2025-03-03	1	f	F1	\N
3	5	19	6	234	2025-03-03	2	f	F2	\N
3	6	6	20	952	2025-03-10	1	f	F1	\N
3	6	19	6	238	2025-03-10	2	f	F2	\N
3	7	6	20	965	2025-03-22	1	f	F1	\N
3	7	19	6	241	2025-03-22	2	f	F2	\N
3	8	6	20	978	2025-01-09	1	f	F1	\N
3	8	19	6	244	2025-01-09	2	f	F2	\N
3	9	6	20	991	2025-02-03	1	f	F1	\N
3	9	19	6	247	2025-02-03	2	f	F2	\N
3	10	6	20	1004	2025-03-08	1	f	F1	\N
3	10	19	6	251	2025-03-08	2	f	F2	\N
3	11	6	20	1017	2025-03-11	1	f	F1	\N
3	11	19	6	254	2025-03-11	2	f	F2	\N
3	12	6	20	1030	2025-02-12	1	f	F1	\N
3	12	19	6	257	2025-02-12	2	f	F2	\N
3	13	6	20	1043	2025-01-28	1	f	F1	\N
3	13	19	6	260	2025-01-28	2	f	F2	\N
3	14	6	20	1056	2025-01-12	1	f	F1	\N
3	14	19	6	264	2025-01-12	2	f	F2	\N
3	15	6	20	1069	2025-03-15	1	f	F1	\N
3	15	19	6	267	2025-03-15	2	f	F2	\N
3	16	6	20	1082	2025-03-11	1	f	F1	\N
3	16	19	6	270	2025-03-11	2	f	F2	\N
3	17	6	29	10001	2025-03-23	1	f	L1	6f9fb997-735c-476b-8c8a-18b2aaac3142
3	18	27	6	10003	2025-02-07	1	f	L1	69b1dcbf-f843-4db8-b96b-a83ad798c9cf
3	19	6	28	10004	2025-01-25	1	f	L1	d167533a-4d19-49a0-bf21-682208208d09
3	20	6	34	10006	2025-02-15	1	f	L1	e9b7ea61-5fc9-4ba4-b210-8d619136580b
3	21	27	6	10007	2025-03-17	1	f	L1	c5ec6148-c688-4007-b6bb-5ea11ce80b12
3	22	39	6	14002	2025-02-03	1	f	第5条	\N
3	22	40	39	7001	2025-02-03	2	f	第5条	24bd4820-4652-462d-ae48-39a13ed7e666
3	23	39	6	666	2025-02-04	1	f	第5条	\N
3	23	40	39	333	2025-02-04	2	f	第5条	4d753ac1-74ab-4a38-845b-e2c51e9667c2
3	24	6	20	41	2025-02-10	1	f	F1	\N
3	24	19	6	10	2025-02-10	2	f	F2	\N
3	25	20	6	926	2025-03-03	1	f	F1	\N
3	25	6	19	231	2025-03-03	2	f	F2	\N
3	26	6	39	666	2025-03-03	1	f	第5条	\N
3	26	39	40	333	2025-03-03	2	f	第5条	8f062267-2d6b-8484-493e-db503dfe9876
3	27	6	27	10003	2025-03-03	1	f	L1	57f6129b-6990-e4d1-ca2c-1126b4644c7b
3	28	6	29	81600000	2025-02-14	1	f	Art. 5(1)	2c9a7f10-5d3e-4b61-8a02-7e1f3d5c9b04
3	29	6	20	2187	2025-03-03	1	f	F1	\N
3	29	19	6	546	2025-03-03	2	f	F2	\N
3	30	29	6	81610001	2025-04-01	1	f	N1	\N
3	31	52	6	10003	2025-04-01	1	f	N1	\N
3	32	6	40	6668	2025-04-01	1	f	N1'	\N
3	32	34	40	333	2025-04-01	2	f	N2'	\N
3	33	55	6	81600000	2025-06-20	1	f	C1	\N
3	33	18	17	81600000	2025-06-20	2	f	C1e	\N
3	34	6	20	811	2025-04-27	1	f	F1	\N
3	34	19	6	202	2025-04-27	2	f	F2	\N
3	35	6	20	822	2025-06-05	1	f	F1	\N
3	35	19	6	205	2025-06-05	2	f	F2	\N
3	36	6	20	833	2025-05-19	1	f	F1	\N
3	36	19	6	208	2025-05-19	2	f	F2	\N
3	37	6	20	844	2025-05-16	1	f	F1	\N
3	37	19	6	211	2025-05-16	2	f	F2	\N
3	38	6	20	855	2025-05-30	1	f	F1	\N
3	38	19	6	213	2025-05-30	2	f	F2	\N
3	39	6	20	866	2025-05-03	1	f	F1	\N
3	39	19	6	216	2025-05-03	2	f	F2	\N
3	40	6	20	877	2025-04-05	1	f	F1	\N
3	40	19	6	219	2025-04-05	2	f	F2	\N
3	41	6	20	888	2025-06-13	1	f	F1	\N
3	41	19	6	222	2025-06-13	2	f	F2	\N
3	42	6	20	899	2025-04-10	1	f	F1	\N
3	42	19	6	224	2025-04-10	2	f	F2	\N
3	43	6	20	910	2025-05-17	1	f	F1	\N
3	43	19	6	227	2025-05-17	2	f	F2	\N
3	44	6	34	20001	2025-06-07	1	f	L1	89e6156b-5967-4bd6-95be-4da08a92250d
3	45	6	34	20006	2025-05-26	1	f	L1	8048e341-c64c-47e7-afbf-2c39dcae6d62
3	46	39	6	14006	2025-05-03	1	f	第5条	\N
3	46	40	39	7003	2025-05-03	2	f	第5条	c9ea3210-e5df-4f0a-8255-ca4fb9e93d52
3	47	6	58	42000	2025-05-06	1	t	S3	\N
3	48	6	58	7000	2025-05-06	1	t	S3	\N
3	49	6	58	6999	2025-05-06	1	f	S3	\N
3	50	29	6	81600000	2025-05-06	1	f	Art. 5(1)	8fb5deee-0416-1e6f-2bbb-c63366a48487
3	51	6	39	14002	2025-05-11	1	f	第5条	\N
3	51	39	40	7001	2025-05-11	2	f	第5条	fe92e521-e050-478a-e164-c1708d8e3761
3	52	29	6	10001	2025-05-11	1	f	L1	bdb15ab2-ff28-5903-60a3-70552f23cfa2
3	53	65	62	35700001	2025-06-30	1	f	L1g	\N
3	53	55	29	1	2025-06-30	2	f	L2g	874e23dd-8620-4dcd-5fe8-9ab7b4758d5c
3	53	63	55	35700000	2025-06-30	3	f	L3g	eca0eef7-8a2d-8f83-408a-c02b7fac86c2
3	53	64	55	10200000	2025-06-30	4	f	L3g	cee36ea3-ee54-4e44-f95a-61492c090fdd
3	54	6	63	35689996	2025-07-01	1	f	N1'	\N
3	54	28	63	10004	2025-07-01	2	f	N2'	\N
3	55	6	69	81610000	2025-07-01	1	f	N1'	\N
3	55	29	69	1	2025-07-01	2	f	N2'	\N
3	56	6	27	10003	2025-07-01	1	f	N1'	\N
3	57	6	64	10200000	2025-07-01	1	f	N1'	\N
3	58	34	6	30005	2025-07-01	1	f	N1	\N
3	58	34	40	7003	2025-07-01	2	f	N2	\N
3	59	6	20	717	2025-09-12	1	f	F1	\N
3	59	19	6	179	2025-09-12	2	f	F2	\N
3	60	6	20	734	2025-09-12	1	f	F1	\N
3	60	19	6	183	2025-09-12	2	f	F2	\N
3	61	6	20	751	2025-07-27	1	f	F1	\N
3	61	19	6	187	2025-07-27	2	f	F2	\N
3	62	6	20	768	2025-08-07	1	f	F1	\N
3	62	19	6	192	2025-08-07	2	f	F2	\N
3	63	6	20	785	2025-08-18	1	f	F1	\N
3	63	19	6	196	2025-08-18	2	f	F2	\N
3	64	6	20	802	2025-09-25	1	f	F1	\N
3	64	19	6	200	2025-09-25	2	f	F2	\N
3	65	6	34	777	2025-07-08	1	f	L1	4bd90a77-f65c-43f3-9dca-cf74cebe24d9
3	66	20	6	811	2025-07-20	1	f	F1	\N
3	66	6	19	202	2025-07-20	2	f	F2	\N
4	1	8	7	300000028	2025-01-02	1	f	P0	\N
4	2	8	31	10003	2025-02-07	1	f	L1	69b1dcbf-f843-4db8-b96b-a83ad798c9cf
4	3	8	30	10005	2025-02-01	1	f	L1	14b91c79-dae9-4554-ac9c-ce6f889263ce
4	4	8	31	10007	2025-03-17	1	f	L1	c5ec6148-c688-4007-b6bb-5ea11ce80b12
4	5	41	42	2333	2025-02-03	1	f	Art. 6	dd68f201-2daf-44c1-8598-6adb9e044706
4	6	41	42	111	2025-02-04	1	f	Art. 6	f16a1e3f-a612-449e-a911-655e2a395d33
4	7	47	46	100	2025-02-09	1	f	A0	\N
4	7	47	45	101	2025-02-09	2	f	A1	\N
4	7	47	46	102	2025-02-09	3	f	A2	\N
4	7	47	45	103	2025-02-09	4	f	A3	\N
4	7	47	46	104	2025-02-09	5	f	A4	\N
4	7	47	45	105	2025-02-09	6	f	A5	\N
4	7	47	46	106	2025-02-09	7	f	A6	\N
4	7	47	45	107	2025-02-09	8	f	A7	\N
4	7	47	46	108	2025-02-09	9	f	A8	\N
4	7	47	45	109	2025-02-09	10	f	A9	\N
4	7	47	46	110	2025-02-09	11	f	A10	\N
4	7	47	45	111	2025-02-09	12	f	A11	\N
4	7	47	46	112	2025-02-09	13	f	A12	\N
4	7	47	45	113	2025-02-09	14	f	A13	\N
4	7	47	46	114	2025-02-09	15	f	A14	\N
4	7	47	45	115	2025-02-09	16	f	A15	\N
4	7	47	46	116	2025-02-09	17	f	A16	\N
4	7	47	45	117	2025-02-09	18	f	A17	\N
4	7	47	46	118	2025-02-09	19	f	A18	\N
4	7	47	45	119	2025-02-09	20	f	A19	\N
4	7	47	46	120	2025-02-09	21	f	A20	\N
4	7	47	45	121	2025-02-09	22	f	A21	\N
4	7	47	46	122	2025-02-09	23	f	A22	\N
4	7	47	45	123	2025-02-09	24	f	A23	\N
4	8	8	48	2001	2025-01-09	1	t	S3	\N
4	9	8	48	4001	2025-01-10	1	t	S3	\N
4	10	8	48	6001	2025-01-11	1	t	S3	\N
4	11	8	48	8001	2025-01-12	1	t	S3	\N
4	12	8	48	10001	2025-01-13	1	t	S3	\N
4	13	8	48	12001	2025-01-14	1	t	S3	\N
4	14	8	48	14001	2025-01-15	1	t	S3	\N
4	15	8	48	2001	2025-03-03	1	f	S3	\N
4	16	8	48	4000	2025-03-03	1	f	S3	\N
4	19	42	41	111	2025-03-03	1	f	Art. 6	d1542c8b-ca37-2f84-6570-c339af9d43d1
4	20	31	8	10003	2025-03-03	1	f	L1	57f6129b-6990-e4d1-ca2c-1126b4644c7b
4	21	48	8	4000	2025-03-03	1	f	S3	\N
4	22	46	47	100	2025-03-03	1	f	A0	\N
4	22	45	47	101	2025-03-03	2	f	A1	\N
4	22	46	47	102	2025-03-03	3	f	A2	\N
4	22	45	47	103	2025-03-03	4	f	A3	\N
4	22	46	47	104	2025-03-03	5	f	A4	\N
4	22	45	47	105	2025-03-03	6	f	A5	\N
4	22	46	47	106	2025-03-03	7	f	A6	\N
4	22	45	47	107	2025-03-03	8	f	A7	\N
4	22	46	47	108	2025-03-03	9	f	A8	\N
4	22	45	47	109	2025-03-03	10	f	A9	\N
4	22	46	47	110	2025-03-03	11	f	A10	\N
4	22	45	47	111	2025-03-03	12	f	A11	\N
4	22	46	47	112	2025-03-03	13	f	A12	\N
4	22	45	47	113	2025-03-03	14	f	A13	\N
4	22	46	47	114	2025-03-03	15	f	A14	\N
4	22	45	47	115	2025-03-03	16	f	A15	\N
4	22	46	47	116	2025-03-03	17	f	A16	\N
4	22	45	47	117	2025-03-03	18	f	A17	\N
4	22	46	47	118	2025-03-03	19	f	A18	\N
4	22	45	47	119	2025-03-03	20	f	A19	\N
4	22	46	47	120	2025-03-03	21	f	A20	\N
4	22	45	47	121	2025-03-03	22	f	A21	\N
4	22	46	47	122	2025-03-03	23	f	A22	\N
4	22	45	47	123	2025-03-03	24	f	A23	\N
4	23	42	8	2222	2025-04-01	1	f	N1	\N
4	23	42	53	111	2025-04-01	2	f	N2	\N
4	24	8	54	10003	2025-04-01	1	f	N1'	\N
4	25	56	8	20002	2025-04-13	1	f	L1	70fc1afc-8f08-46a2-aa71-a2adb3a63fa3
4	26	41	42	2334	2025-05-03	1	f	Art. 6	54106037-6c5e-4578-b54f-9b96b2a7a18a
4	27	8	48	1003	2025-05-02	1	t	S3	\N
4	28	8	48	1005	2025-05-03	1	t	S3	\N
4	29	8	48	1007	2025-05-04	1	t	S3	\N
4	30	8	48	1009	2025-05-05	1	t	S3	\N
4	31	8	48	1011	2025-05-06	1	t	S3	\N
4	34	8	48	1003	2025-05-10	1	f	S3	\N
4	35	42	41	2333	2025-05-11	1	f	Art. 6	cdcb6af9-806a-9e57-0842-e2c5d691c91e
4	36	30	8	10005	2025-07-01	1	f	N1	\N
4	37	42	8	1	2025-07-01	1	f	N1	\N
4	37	42	53	2333	2025-07-01	2	f	N2	\N
4	38	31	8	10003	2025-07-01	1	f	N1	\N
4	39	8	48	3	2025-07-20	1	f	S3	\N
4	40	47	46	100	2025-07-21	1	f	A0	\N
4	40	47	45	101	2025-07-21	2	f	A1	\N
4	40	47	46	102	2025-07-21	3	f	A2	\N
4	40	47	45	103	2025-07-21	4	f	A3	\N
4	40	47	46	104	2025-07-21	5	f	A4	\N
4	40	47	45	105	2025-07-21	6	f	A5	\N
4	40	47	46	106	2025-07-21	7	f	A6	\N
4	40	47	45	107	2025-07-21	8	f	A7	\N
4	40	47	46	108	2025-07-21	9	f	A8	\N
4	40	47	45	109	2025-07-21	10	f	A9	\N
4	40	47	46	110	2025-07-21	11	f	A10	\N
4	40	47	45	111	2025-07-21	12	f	A11	\N
5	1	10	9	300000021	2025-01-02	1	f	P0	\N
5	2	10	9	11	2025-01-03	1	f	P0	\N
5	2	13	12	12	2025-01-03	2	f	P0	\N
5	3	10	21	228	2025-03-22	1	f	F2	\N
5	4	10	21	231	2025-01-12	1	f	F2	\N
5	5	10	21	234	2025-03-03	1	f	F2	\N
5	6	10	21	238	2025-03-10	1	f	F2	\N
5	7	10	21	241	2025-03-22	1	f	F2	\N
5	8	10	21	244	2025-01-09	1	f	F2	\N
5	9	10	21	247	2025-02-03	1	f	F2	\N
5	10	10	21	251	2025-03-08	1	f	F2	\N
5	11	10	21	254	2025-03-11	1	f	F2	\N
5	12	10	21	257	2025-02-12	1	f	F2	\N
5	13	10	21	260	2025-01-28	1	f	F2	\N
5	14	10	21	264	2025-01-12	1	f	F2	\N
5	15	10	21	267	2025-03-15	1	f	F2	\N
5	16	10	21	270	2025-03-11	1	f	F2	\N
5	17	10	32	10002	2025-01-08	1	f	L1	d814d575-531e-456c-95a4-d257a7298c66
5	18	36	10	10006	2025-02-15	1	f	L1	e9b7ea61-5fc9-4ba4-b210-8d619136580b
5	19	35	10	10008	2025-02-23	1	f	L1	30e0888f-ceb5-46f6-bb60-5ee62a96d06a
5	20	43	44	7001	2025-02-03	1	f	第5条	24bd4820-4652-462d-ae48-39a13ed7e666
5	21	43	44	333	2025-02-04	1	f	第5条	4d753ac1-74ab-4a38-845b-e2c51e9667c2
5	22	10	21	10	2025-02-10	1	f	F2	\N
5	23	21	10	231	2025-03-03	1	f	F2	\N
5	24	44	43	333	2025-03-03	1	f	第5条	8f062267-2d6b-8484-493e-db503dfe9876
5	25	10	21	546	2025-03-03	1	f	F2	\N
5	26	44	10	6668	2025-04-01	1	f	N1	\N
5	26	44	36	333	2025-04-01	2	f	N2	\N
5	27	10	21	202	2025-04-27	1	f	F2	\N
5	28	10	21	205	2025-06-05	1	f	F2	\N
5	29	10	21	208	2025-05-19	1	f	F2	\N
5	30	10	21	211	2025-05-16	1	f	F2	\N
5	31	10	21	213	2025-05-30	1	f	F2	\N
5	32	10	21	216	2025-05-03	1	f	F2	\N
5	33	10	21	219	2025-04-05	1	f	F2	\N
5	34	10	21	222	2025-06-13	1	f	F2	\N
5	35	10	21	224	2025-04-10	1	f	F2	\N
5	36	10	21	227	2025-05-17	1	f	F2	\N
5	37	36	10	20001	2025-06-07	1	f	L1	89e6156b-5967-4bd6-95be-4da08a92250d
5	38	10	57	20002	2025-04-13	1	f	L1	70fc1afc-8f08-46a2-aa71-a2adb3a63fa3
5	39	35	10	20003	2025-04-26	1	f	L1	00b97ea6-df3c-45b4-890a-96c9d43db43e
5	40	10	32	20004	2025-06-06	1	f	L1	26ea42ec-17be-482f-9981-dfa30cf25923
5	41	35	10	20005	2025-06-03	1	f	L1	7c2c966d-ccad-461f-be20-ce1cd55d1ce7
5	42	36	10	20006	2025-05-26	1	f	L1	8048e341-c64c-47e7-afbf-2c39dcae6d62
5	43	43	44	7003	2025-05-03	1	f	第5条	c9ea3210-e5df-4f0a-8255-ca4fb9e93d52
5	44	44	43	7001	2025-05-11	1	f	第5条	fe92e521-e050-478a-e164-c1708d8e3761
5	45	32	10	10002	2025-07-01	1	f	N1	\N
5	46	10	36	30005	2025-07-01	1	f	N1'	\N
5	46	44	36	7003	2025-07-01	2	f	N2'	\N
5	47	10	21	179	2025-09-12	1	f	F2	\N
5	48	10	21	183	2025-09-12	1	f	F2	\N
5	49	10	21	187	2025-07-27	1	f	F2	\N
5	50	10	21	192	2025-08-07	1	f	F2	\N
5	51	10	21	196	2025-08-18	1	f	F2	\N
5	52	10	21	200	2025-09-25	1	f	F2	\N
5	53	36	10	777	2025-07-08	1	f	L1	4bd90a77-f65c-43f3-9dca-cf74cebe24d9
5	54	21	10	202	2025-07-20	1	f	F2	\N
7	1	66	67	10200000	2025-06-30	1	f	L2i	cee36ea3-ee54-4e44-f95a-61492c090fdd
7	2	67	70	10200000	2025-07-01	1	f	N1	\N
\.

COPY ledger.refusal (key, outcome, contents, recorded_at) FROM stdin;
fee-1 no	not_reserved	[{"debt": null, "kind": "resolution", "part": 1, "rule": [], "debit": [], "phase": "voided", "amount": [], "credit": [], "of_key": "fee-1", "book_id": 3, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}, {"debt": null, "kind": "resolution", "part": 2, "rule": [], "debit": [], "phase": "voided", "amount": [], "credit": [], "of_key": "fee-1", "book_id": 5, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}]	2026-11-24 16:10:52.041023+00
fee-2 back back	is_reversal	[{"debt": null, "kind": "reversal", "part": 1, "rule": ["F1", "F2"], "debit": [6, 19], "phase": "posted", "amount": [926, 231], "credit": [20, 6], "of_key": "fee-2 back", "book_id": 3, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}, {"debt": null, "kind": "reversal", "part": 2, "rule": ["F2"], "debit": [10], "phase": "posted", "amount": [231], "credit": [21], "of_key": "fee-2 back", "book_id": 5, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}]	2026-11-24 16:10:52.051627+00
ferry-1	limit:budget	[{"debt": null, "kind": "premium.subsidised", "part": 1, "rule": ["S1"], "debit": [11], "phase": "posted", "amount": [800000000], "credit": [2], "of_key": null, "book_id": 1, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}, {"debt": null, "kind": "premium.subsidised", "part": 2, "rule": ["S1"], "debit": [49], "phase": "posted", "amount": [800000000], "credit": [50], "of_key": null, "book_id": 6, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}]	2026-11-24 16:10:52.075386+00
overdrawn	limit:cash	[{"debt": null, "kind": "party.paid", "part": 1, "rule": ["X1"], "debit": [39], "phase": "posted", "amount": [99999999999], "credit": [6], "of_key": null, "book_id": 3, "expires_on": null, "effective_on": "2025-04-08", "relates_to_on": null}]	2026-11-24 16:10:52.87795+00
promise-1 again	already_resolved	[{"debt": null, "kind": "resolution", "part": 1, "rule": ["S1", "S2"], "debit": [11, 11], "phase": "posted", "amount": [1000, 1001], "credit": [2, 2], "of_key": "promise-1", "book_id": 1, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}, {"debt": null, "kind": "resolution", "part": 2, "rule": ["S3"], "debit": [8], "phase": "posted", "amount": [2001], "credit": [48], "of_key": "promise-1", "book_id": 4, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}]	2026-11-24 16:10:52.041115+00
promise-3 back	is_void	[{"debt": null, "kind": "reversal", "part": 1, "rule": [], "debit": [], "phase": "posted", "amount": [], "credit": [], "of_key": "promise-3 void", "book_id": 1, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}, {"debt": null, "kind": "reversal", "part": 2, "rule": [], "debit": [], "phase": "posted", "amount": [], "credit": [], "of_key": "promise-3 void", "book_id": 4, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}]	2026-11-24 16:10:52.051639+00
promise-5 back	is_reserved	[{"debt": null, "kind": "reversal", "part": 1, "rule": ["S1", "S2"], "debit": [2, 2], "phase": "posted", "amount": [5000, 5001], "credit": [11, 11], "of_key": "promise-5", "book_id": 1, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}, {"debt": null, "kind": "reversal", "part": 2, "rule": ["S3"], "debit": [48], "phase": "posted", "amount": [10001], "credit": [8], "of_key": "promise-5", "book_id": 4, "expires_on": null, "effective_on": "2025-03-03", "relates_to_on": null}]	2026-11-24 16:10:52.051642+00
river-2	limit:budget	[{"debt": null, "kind": "premium.subsidised", "part": 1, "rule": ["S1"], "debit": [11], "phase": "posted", "amount": [900000000], "credit": [2], "of_key": null, "book_id": 1, "expires_on": null, "effective_on": "2025-02-14", "relates_to_on": null}]	2026-11-24 16:10:52.063973+00
river-3	linked	[{"debt": null, "kind": "party.funded", "part": 1, "rule": ["P0"], "debit": [4], "phase": "posted", "amount": [5], "credit": [3], "of_key": null, "book_id": 2, "expires_on": null, "effective_on": "2025-02-14", "relates_to_on": null}]	2026-11-24 16:10:52.064004+00
river-5	exceeds_reserved	[{"debt": null, "kind": "resolution", "part": 1, "rule": ["S1", "S2"], "debit": [11, 11], "phase": "posted", "amount": [30001, 12000], "credit": [2, 2], "of_key": "river-4", "book_id": 1, "expires_on": null, "effective_on": "2025-05-06", "relates_to_on": null}, {"debt": null, "kind": "resolution", "part": 2, "rule": ["S3"], "debit": [6], "phase": "posted", "amount": [42000], "credit": [58], "of_key": "river-4", "book_id": 3, "expires_on": null, "effective_on": "2025-05-06", "relates_to_on": null}]	2026-11-24 16:10:54.647202+00
river-9	already_reversed	[{"debt": ["c2c403fb-6a64-3350-ad79-46f28a1f19e7 2 3 CNY 9257"], "kind": "reversal", "part": 1, "rule": ["Art. 5(1)"], "debit": [29], "phase": "posted", "amount": [81600000], "credit": [6], "of_key": "river-1", "book_id": 3, "expires_on": null, "effective_on": "2025-05-06", "relates_to_on": null}, {"debt": ["", "c2c403fb-6a64-3350-ad79-46f28a1f19e7 2 3 CNY 9257"], "kind": "reversal", "part": 2, "rule": ["NULL", "Art. 5(1)"], "debit": [22, 4], "phase": "posted", "amount": [1, 81600000], "credit": [4, 26], "of_key": "river-1", "book_id": 2, "expires_on": null, "effective_on": "2025-05-06", "relates_to_on": null}]	2026-11-24 16:10:54.66695+00
\.

COPY ledger.batch (book_id, first_no, last_no, recorded_at, leaves, previous, digest) FROM stdin;
1	0	0	2026-11-24 16:10:48.438143+00	\\x	\\x	\\x7f9072cd0396abf7be4823307c6dc76b2a9ee31da1441f178b14d74b6a023268
1	1	1	2026-11-24 16:10:48.466484+00	\\xaf643e3b935d09c2b60bfb04e6ee78a3ad305a656cb9a5e4d9b5ab2ca1851ba5	\\x7f9072cd0396abf7be4823307c6dc76b2a9ee31da1441f178b14d74b6a023268	\\xe4b82bdbb20d31b6476c6f2f9065a63e338b45970caf8c1b3b0d452ecf7bf893
1	2	2	2026-11-24 16:10:48.485622+00	\\x816360b4ca6a9c39b12a37b5e5d589ad7877de5389783d666cb1eab8e13a9ff7	\\xe4b82bdbb20d31b6476c6f2f9065a63e338b45970caf8c1b3b0d452ecf7bf893	\\x39bd91e361c47db603a8e267f52e2f387f31315a0715d6e485021808fec39b07
1	3	3	2026-11-24 16:10:49.66465+00	\\x322e772a2ea0992bd00a161213df19b2f3533a02411c675ea9edd3f6b9850495	\\x39bd91e361c47db603a8e267f52e2f387f31315a0715d6e485021808fec39b07	\\xa426f7643b7069aecb6c4e78d04343c16586c5a6372181089198fb616fb1d118
1	4	6	2026-11-24 16:10:51.98259+00	\\x3df8c0395da0e3324acaa2a310627cb649beb793d0fa2d1539ac05072e1ebe216d4b012678068c88b45c202a42028d34a87274294cc0f4caede205485a280e30260243c87334d16e7e534c325bdee4cf15cc7b9abb861af92201c9ac862d875a	\\xa426f7643b7069aecb6c4e78d04343c16586c5a6372181089198fb616fb1d118	\\x0cf45f1d8b2cdd1845c679b443dd1e036370ac636bf6c9e6074ef4dcd9d120c6
1	7	7	2026-11-24 16:10:51.989673+00	\\xfbffd7db24644de1d6b4d83eed9f005c6d2ddc9e79a8308722e26aa47a053989	\\x0cf45f1d8b2cdd1845c679b443dd1e036370ac636bf6c9e6074ef4dcd9d120c6	\\x5de62c7d1ebeb5e35fe65cd0d924556465f48e3950bc0ba95af1365c6f6048d8
1	8	14	2026-11-24 16:10:52.027338+00	\\x71387071f706d513e165c9b66bc6360eacfaa05f0747f0b241872b455ec51fd731131d77800333d0c8b75d4d8277ed9fa6c701aaa9cb0fcd512b9f0ca001da4ea5c9196646dc5549b05cb1b6742f4f0ddcb0fd7ac25eee91c60937d8971776a041f14f75edcf512ed39df09871a8a33e87e4fffc496bd50135981d6710c31d38e067dc6c88dc04249d3cf02c3f344c17dc24bdb73e25aed8b296bc6f49d47d1edc4d94b2e2e13f1fe52de3bc0c3be5d2a9b86389ed75b5d1e0afe53628b179b897f10aef1d74aa96b1e459a0db5ff734c376984190589b1050b84b072888ffbf	\\x5de62c7d1ebeb5e35fe65cd0d924556465f48e3950bc0ba95af1365c6f6048d8	\\xe2c8c3e1555e103169ca20983fc3fee19beb35575c354c8c214d509d01643843
1	15	18	2026-11-24 16:10:52.034405+00	\\xefeb06ae492519fdbc004b2a2a710c787371319247cadde0b0bae56f9fe5c15453eba60975f167f051367c862741e46819d19c21a4e2764fd0399e6a21bffd56de2fcbfbaa6730288d6245e06200b1921f7f58cfa7e8dd92668a513df48b6e6756e48f92d6ea16c02b8eed4f85228979eb08719a4cfd1fe61bc99cca92ab844d	\\xe2c8c3e1555e103169ca20983fc3fee19beb35575c354c8c214d509d01643843	\\x43ac779b343fb9577652d596f58a7ce48f7365accfe001bc88e160c3a9a92234
1	19	19	2026-11-24 16:10:52.044841+00	\\x3a1a662e90fd743dd9573deb92ca210f856f783758cbf05644ac8133929833ee	\\x43ac779b343fb9577652d596f58a7ce48f7365accfe001bc88e160c3a9a92234	\\xc500f86e3ef718222a2133ec32ea5ebbebc97173eb1aac094c199f87a8d4007f
1	20	22	2026-11-24 16:10:54.627597+00	\\x8ee792a35fdb7707ddbcf23bc5bff92b74571231f15545a48450383035094759b03ac843b2b2feafe319013bf43bc6cecc1dd5c47e724ad9ea4afe16b4abac3e032e17af2107a3d79956497f87d5513ed5769078634b9c899f65f93670bd0fd5	\\xc500f86e3ef718222a2133ec32ea5ebbebc97173eb1aac094c199f87a8d4007f	\\x3926954d2374db11dbb193c9a1e010b3030317b049b44755bc70ea7e0a32afb7
1	23	23	2026-11-24 16:10:54.639802+00	\\xe1b0b0506736a8e89290475a075c11d69b98113302bf7e46f67de1d81f4b8276	\\x3926954d2374db11dbb193c9a1e010b3030317b049b44755bc70ea7e0a32afb7	\\xb43ea777735ac502a9efcef1e22b8462896ea389aac829d895a4d4fae736f740
1	24	24	2026-11-24 16:10:54.650278+00	\\xefb2d6d86ffa85034f42b12565cf5791435f4eaf7493550a96d0c563355334c2	\\xb43ea777735ac502a9efcef1e22b8462896ea389aac829d895a4d4fae736f740	\\x788e069a1da6cb3dac1176d12140c18cde3dcee280f6ef8ad6834537c7a87cb7
1	25	25	2026-11-24 16:10:54.654865+00	\\xff1bcf7e74314185e6d8641c551c78a5b89e59469c28761607c6e227573649a8	\\x788e069a1da6cb3dac1176d12140c18cde3dcee280f6ef8ad6834537c7a87cb7	\\xfd67a0dbb3be047ad59a001fc1e81bc57212974512dc8e0378120414c6786337
1	26	30	2026-11-24 16:10:54.670096+00	\\xb0c7570b8e91b7e71c8555638cefad91a1092318df86522d392239337b34375e78ddf4c4f171ce924ae93a2d26148055aa4ad8dc849802c611253aa86e54ec32dc6f9cc6bcb81538b61f17519dbefd11b1d8707b662953e5746c3b56492933325800d99db22fe71cbfd738822bb8a5b406b86677278655f7bae07b8218f0f0abdda07266db9f7bd0fa964b308d8e576a2999717ef679c6cd409d72286d894fb6	\\xfd67a0dbb3be047ad59a001fc1e81bc57212974512dc8e0378120414c6786337	\\xc52481f4f706ac81356138540413a7ddf992458667eb9ba6713a5e8c1b30bc3a
1	31	33	2026-11-24 16:10:54.674707+00	\\x77fbb63d2ea32478d68dc6de59be6d9960772516a136408dae95cd1a43d2beb1815bb83ff33a0db30f90e9c2a99cd77e25ac4ddf3249bbfda8c6abb9bedaab86209177cd392493ea65bedfd982513651abf2a509c235c7857ad49e81c74c2519	\\xc52481f4f706ac81356138540413a7ddf992458667eb9ba6713a5e8c1b30bc3a	\\x06de9bdc48f20d47b3edeee3a6058ff7ee6f3518cb447e87da324003d09b6381
1	34	34	2026-11-24 16:10:55.506769+00	\\x4c05292ce9ffa8fc6fd4735df2430f6afa75171c6714bf8804d503b0e927d6e3	\\x06de9bdc48f20d47b3edeee3a6058ff7ee6f3518cb447e87da324003d09b6381	\\x4a4b6f4e9a0a00b21c57bdb018dc09b5d46328f7b8f220a7488aaa303b71ea1e
1	35	37	2026-11-24 16:10:55.526541+00	\\xc0f0cce577d8223454170ce7bc7235b5d6c6c40070dc5b218ae4b18cdb289c1de66062762974f4bff10c06d07e423cfcedb35b2105c7ba2ca7a7dd8e0156848786974f960e290ff2f5037d11e8e1de4e925981da86f0ce9e41d014889e85e2e4	\\x4a4b6f4e9a0a00b21c57bdb018dc09b5d46328f7b8f220a7488aaa303b71ea1e	\\x129899f3e222748f3d0d811c06d3b292fa4ba5954d3f5683198069412a620f9e
1	38	38	2026-11-24 16:10:55.718873+00	\\xf5a5b115400e85358edfcf8506be2e7baf67a57246904c7f34c84b01473cac5a	\\x129899f3e222748f3d0d811c06d3b292fa4ba5954d3f5683198069412a620f9e	\\x820acb0528c7f563a51367456ab79006b209757bf4fca38e7a9b8990831fdbb4
2	0	0	2026-11-24 16:10:48.438823+00	\\x	\\x	\\x29e3e15efbc856967559ba636b6775b5412b7946cc0ef69bdb9a4ba33fbe4462
2	1	1	2026-11-24 16:10:48.466484+00	\\xefb6d1d81473949915f4c77637b253d7a956cc5c30bc34ccc714ea316a3b5bbb	\\x29e3e15efbc856967559ba636b6775b5412b7946cc0ef69bdb9a4ba33fbe4462	\\x160b54af499526c5a6d3452a11069dd47cad11791e80747aa3d5b939d52f01be
2	2	2	2026-11-24 16:10:51.005793+00	\\x04984aee39fc4b6a2917bc44f8f1d857d4314db6a0828ba60a74e8d2fe60b96b	\\x160b54af499526c5a6d3452a11069dd47cad11791e80747aa3d5b939d52f01be	\\xba662e6ef37c99c59504a5ed636be8f9503f485e943ea4f5f7fbe40427f98df2
2	3	4	2026-11-24 16:10:51.958019+00	\\x617cc1a2b4d8489ae2cea1390b4344732c928c86b9a7e82a6fb1e45bd5ed452a4ab47b3e4164d8a852080c10dbaba2d5b5eb2e9bfa64d64db319506b77cef94b	\\xba662e6ef37c99c59504a5ed636be8f9503f485e943ea4f5f7fbe40427f98df2	\\x79e2bb3afb27291852321baae27315e2dcd697f6d76c2564de1179c6dc629d9f
2	5	6	2026-11-24 16:10:51.972903+00	\\xbfa88026c7d46b4598db93682dd22d75da868dfe9af3e9f9eff7c4455bd2dd018c7a1c55cd48ea4555988b84aa1b8595ea2c3145115e51d5634d9c9e46a0fac2	\\x79e2bb3afb27291852321baae27315e2dcd697f6d76c2564de1179c6dc629d9f	\\x66b37ee69d81225c3d03f93e3606ddd9d403cd270666c460896bfadd5b6b9a45
2	7	12	2026-11-24 16:10:51.976228+00	\\x42540a333721940c672e893ef0342f1fc6c5c082d4f4efaf4ebc9d9e097553b9f1d6f013105a686e19eb3bf01cf12491cec97c9b532499bf24ff7400ee8012543edce46c5dd28b83980660df1e0dfdae415a2ed344e2f8abf818f7d894eae959bae3c862f55b624a8f9fb597e6f485bbc26bec2949904ff7fb687d400256e2c55d243ba25917f1c13d1e6dadd3965efa3516c7bdb96f93222334e6d5291d9041b310cbce771787a83e60fee5ee2b9e60dade052b8cad31fa3b0b3071d29cb1e6	\\x66b37ee69d81225c3d03f93e3606ddd9d403cd270666c460896bfadd5b6b9a45	\\x81fa32c27466b50d8452b12974a80bb5ad10acb6475816693cccfcd8a0ced3c2
2	13	13	2026-11-24 16:10:51.98259+00	\\x89dd165225ab51a2776442233bed86188b7f4ca7d476c034d852216e8dd5e80b	\\x81fa32c27466b50d8452b12974a80bb5ad10acb6475816693cccfcd8a0ced3c2	\\x6194981fa6ba6e68865b1b053fd2384ea2212963bbf2fa3115d94de1b8f1cbfc
2	14	15	2026-11-24 16:10:51.99849+00	\\x70e4c6468ac6f07f7c8f132c37a6d0d3316d9ff2609ea6e446d26c63c5b9742f26bc5022e15634f930058d170d756680fc92c4a1179c7afe9ab443d04bd43152	\\x6194981fa6ba6e68865b1b053fd2384ea2212963bbf2fa3115d94de1b8f1cbfc	\\x819b56aee9257a8872fe6ab31a1ae703caa57eece07228947b0c008ec09412a5
2	16	16	2026-11-24 16:10:52.013958+00	\\x1b0145ec14a75f119d002babfff71786ee016c56d9fb955c24202f4869e1b61b	\\x819b56aee9257a8872fe6ab31a1ae703caa57eece07228947b0c008ec09412a5	\\x7a9063dd6f60e76fbd184968be6324a0d947e1d3ba48de4b69687d802863c0c6
2	17	17	2026-11-24 16:10:52.044841+00	\\x1c68b74a9b6a2634bd9d175134f232a0fc33a401f9841657aa008910e12c139e	\\x7a9063dd6f60e76fbd184968be6324a0d947e1d3ba48de4b69687d802863c0c6	\\xae5217ebd6df0a0e54aebf085cbf27cf881ac2e4fe2672b69d9418172af3f688
2	18	18	2026-11-24 16:10:52.055848+00	\\xb30ab3748064d11276dffdf9045ab19195d5c300d3e554d4add06ca09f11988e	\\xae5217ebd6df0a0e54aebf085cbf27cf881ac2e4fe2672b69d9418172af3f688	\\x0a9c83b978f41271be7f7a2354f6ab7d6bc4a24ef4965ab32fcddfc8238de0c1
2	19	20	2026-11-24 16:10:52.70935+00	\\xa7152483b519dfb943af6f8441bcd011d22da75e7985ee2b7d166482cf9c532dabb81f5327be941fa0fb0e11c174063ef86230931416d20235c4002c1faaa9c9	\\x0a9c83b978f41271be7f7a2354f6ab7d6bc4a24ef4965ab32fcddfc8238de0c1	\\x657c02d71423387c1de18ea47981c914df6ac2912afa5e4be8f11df8023084de
2	21	24	2026-11-24 16:10:52.862186+00	\\x2b2b3633e3526a57a394b9801be0b06d9297f2614cfd2e27a037b8727eabc083866d7d678e5a79953f325e80867f022993792130a0000f5d38889a2ba9005de80dd42dc6fadb1de673932a3f9378f87503aaff9fc0126cf71d839f2cf18143d6884f6f4f114f18338b5a3b1ce0e56e6183e5b955da143a72792c651bad1beb95	\\x657c02d71423387c1de18ea47981c914df6ac2912afa5e4be8f11df8023084de	\\x05ed5710e2475fbe56d6c1914cf14d32992f07e5a1d73b45fab59233a38cdc33
2	25	25	2026-11-24 16:10:53.497281+00	\\xcced2c9f1711823a376388ff31df0b952a93d2b39b082eb6fa2ea367e0e6aaca	\\x05ed5710e2475fbe56d6c1914cf14d32992f07e5a1d73b45fab59233a38cdc33	\\x551fdce23f05e006b6140cbb9a0ada5d13dbb509727da66ea6f24930a71e8094
2	26	26	2026-11-24 16:10:54.311796+00	\\x8e7f1e81890c24740cbded92507a67b6acbf76d9b12bfe38fe27964a2d0fcd77	\\x551fdce23f05e006b6140cbb9a0ada5d13dbb509727da66ea6f24930a71e8094	\\x6173b64ad571b977d3b66a1ca29b4bd9dfc985fdc6b2b55054e97ddec8b92fc6
2	27	34	2026-11-24 16:10:54.620234+00	\\x7cdbbe0f83daa50db563564ff948881684b09a9a9893d9deeaf30595240ae2111df0cfec0c674e1e601cea92de0590a9c1d2721509baa81ca34ac03e01ab8391a32bb38108ee83559d4b6c171378a6c72c34cc3785f13e719f3638f69ea0a6848f806a34240fc8c9b3a723d1f37f6d7fb0c4098704728fe24cdc76611fbe0598dfba87d27a881ec3ec67b0436ffc3af63adf207eed97391036c643d8983f1bd2afa76b42e73236298887fe1235f3b5da7dfaa1bf078c7afcb5596bc2160167fb2321e0aa025eadb707a2aa7b933e3bc3adb6c5b67804c161b75dc1858fa4885c0a744d85c47484cab115d8b1909703865af381c8735b7f98785400a9ce5c31f0	\\x6173b64ad571b977d3b66a1ca29b4bd9dfc985fdc6b2b55054e97ddec8b92fc6	\\x03b97746a6bf6977198de0f120f8da754393d74ecc8f6ad49c095e52f861b2d5
2	35	35	2026-11-24 16:10:54.634193+00	\\x296de1ac72d4487a4f246fa583d03fb054448cd9992022efe0fd43771599c87a	\\x03b97746a6bf6977198de0f120f8da754393d74ecc8f6ad49c095e52f861b2d5	\\xeaa8da2883eb8aed738aed74b786cfe0d2899fbbd8d700908821aa170f6bd504
2	36	36	2026-11-24 16:10:54.66081+00	\\xa2d9f7d44e2974b904955c5e3e399cd68baf941c39a52be486c80fea85886a57	\\xeaa8da2883eb8aed738aed74b786cfe0d2899fbbd8d700908821aa170f6bd504	\\x171be21b1982afbe8f4e1224b35e71771c057090106435ed1671bb9a995159f7
2	37	39	2026-11-24 16:10:54.680823+00	\\x69ce6d73d31a1873dabd6d93ef7b988504ee32095db0cf57f34f5a625047b1936131a775da0ccfae859acfe14a61a756b8f655d3d6a574f48467e26dbecc34a1dd494ce6774c8e4c7290404ef3c8c28fff1a5b4a6e59a48ad72cc43fa4e9b6b2	\\x171be21b1982afbe8f4e1224b35e71771c057090106435ed1671bb9a995159f7	\\x0dec2ebb8fbba6e7c4b16c1956bc25c8cd365ae7d06af4b17c04aebe9e920154
2	40	40	2026-11-24 16:10:55.506769+00	\\x11ced50ddd3e348eb7e9ac43ad63101ae45c86450f1255fd2148fd81abf93574	\\x0dec2ebb8fbba6e7c4b16c1956bc25c8cd365ae7d06af4b17c04aebe9e920154	\\x73fa480cef7d0a541e5e80a9b1aa750c59b04388c77c0311f78a0470672b2ed6
2	41	42	2026-11-24 16:10:55.526541+00	\\xfbd3db5f5bfbec9429b513aa48c9522ec88f15e3ed232d53b476355d35f12a564e85051244ab41a5a9556cc447feae4c970f8e2e4b01b2d25b26563bcb948c71	\\x73fa480cef7d0a541e5e80a9b1aa750c59b04388c77c0311f78a0470672b2ed6	\\xe27cbd5b7744b1a312fac7f057f7240997bbca6864ae4c6873d5c27bd274071a
3	0	0	2026-11-24 16:10:48.438922+00	\\x	\\x	\\x039f7977ea4c81b2316f383d2d2e3cca533ff59282ea6f35597da4d460c9d10e
3	1	1	2026-11-24 16:10:48.466484+00	\\x54928fdec6d1985c2787f5012a7b9f96fc78c1d7784a6d3de8cba683a131bae1	\\x039f7977ea4c81b2316f383d2d2e3cca533ff59282ea6f35597da4d460c9d10e	\\x054ff15f4da536f7b6451d10cf20b293ac7e6f025dea3aa512c685ce076f4b4a
3	2	2	2026-11-24 16:10:51.742505+00	\\x340d1c3c9ca71d9dfa1268406a3d3c7b6625d91ae1a107b14849766c38725ead	\\x054ff15f4da536f7b6451d10cf20b293ac7e6f025dea3aa512c685ce076f4b4a	\\xc994ef66d0aef36d7d0c19eaf1242d0fb982d8d73eb5c8bb58551815b6795310
3	3	7	2026-11-24 16:10:51.930988+00	\\x783b8d6a92e2309019ee1bf45b9f372d842dd6c3af697adea813aec52e6979e165367d011da8c00ddde6d6851bbe40cc86f0b3e60de198141000278976b8d98337c0f5a3ba9770ea7f16671225a2a2ffdaf974a55a4b1d19674c9881b5e95537013436f4bc03fc4fa4a08c0f0057d3b5633303f6c04b2789c888ceb5b5f69db00459785fd412c56c172b348bab583d24c429cb3a56665ad3fc93ecedcccf9f41	\\xc994ef66d0aef36d7d0c19eaf1242d0fb982d8d73eb5c8bb58551815b6795310	\\x175dfdc724c15494770b8ab0f7d02c2cb4ee67e1ee1d5e30567352f29cd3f2f1
3	8	9	2026-11-24 16:10:51.937628+00	\\xd4dcded12eeb257a657de1df5ef5b62871bfcfba1c8805c405a244ea6ab8c19b8ca9bfa1a567995b30ad550c6192cd98e03190a42438d0b73317b90c07e013ca	\\x175dfdc724c15494770b8ab0f7d02c2cb4ee67e1ee1d5e30567352f29cd3f2f1	\\x9b9493c2ab21de1c6b4866476d3e4d3188bff0b1300184690686c7723bbef180
3	10	14	2026-11-24 16:10:51.941821+00	\\xaa3f942acf54cc85761430a9a0f26f1526fb8e2fac5ab67359982d3795f37d8fcd329a2c741caf7e154fd21f9f5fbe4dcaed8a84c8a45b7592ba01f8d290a490a7b714865db5771a132fa730a807ce01cc83b295c6bd0f6d5714c660d31f2098309e50f37e589c2c72282babb3352ba01d781294d0a1dc3cdd272812538aa44e5999505371ed184b72f5f061feb7e5088c4b3d5ffcecf1eaf1ccfce6b7240ccf	\\x9b9493c2ab21de1c6b4866476d3e4d3188bff0b1300184690686c7723bbef180	\\xbe25679e65122aa818e801441a138762dce399a96eccde3168ce0df53d0c38b4
3	15	16	2026-11-24 16:10:51.946193+00	\\x797100ff896528a64c7eb93050c9a731778b80c58a0541094547c671dbd861195e4f114067e1790f464b065b22e4aac083d52412b04289f9a55ede14a176dae6	\\xbe25679e65122aa818e801441a138762dce399a96eccde3168ce0df53d0c38b4	\\x9c15ca448344abcfa574950f5a4b70978ffce6f5d8208604002181c267d4b1bd
3	17	19	2026-11-24 16:10:51.98259+00	\\x591a8bc0262a042bf6329bf359930656dacfece1e90522146f4366aeb2f18067f0953a4c0e0fa0ccfd929c079125f6efff192017daec79f7694f65d6e3b8a30146c5fc56587a85a28a00617b8269849aba70f77a27f4c920e05768231a908c26	\\x9c15ca448344abcfa574950f5a4b70978ffce6f5d8208604002181c267d4b1bd	\\xf0ebc95f33d77a004ae5206739cbc2c38838cf2a00d6abc1ea501d55b4d8d283
3	20	21	2026-11-24 16:10:51.989673+00	\\x33fd062af44d29d7065aa106186415722922ff7d2023d4cafc7558c88636c57ea299db9bf38973cc72197d95bcdf96a015562443ed1e2f180cb87b6f51c45c7c	\\xf0ebc95f33d77a004ae5206739cbc2c38838cf2a00d6abc1ea501d55b4d8d283	\\x25748a6d398c7ef32f22cb5c53a79bd777b2c523649828e22f37e9fee24336cc
3	22	23	2026-11-24 16:10:51.99849+00	\\x5eee9c53e2e645937cf1ba1ec79b24277ffab7c3e2d2803aa51fe042a5aa7a1a93fe5cd6992b33dec3d7375a930edc3138d58fe062b0bdd8fdfbe434c2da858a	\\x25748a6d398c7ef32f22cb5c53a79bd777b2c523649828e22f37e9fee24336cc	\\xaa82e90c7803024f3054a79b522d84380a11d3d4e56bb222d1a1bd0810cbed5a
3	24	24	2026-11-24 16:10:52.013958+00	\\xae8cf35c41342fd33e8a09ce73556c902d6998e1262667d3a425e0b5bd7186f2	\\xaa82e90c7803024f3054a79b522d84380a11d3d4e56bb222d1a1bd0810cbed5a	\\xf9b9b28d43231238d9e1f10ec8ad2ec6f6e059ebac508a4b3131d97e5baef9ce
3	25	27	2026-11-24 16:10:52.044841+00	\\xbe349b03bfc2945b24060f1e888164a1cd8ef645cdcd1166928f324f0d0b6967920e714393e8eacc8cfdde2eca148e5b59ef3187cae5451b58c4cdde46fb49c05092307797b797a2fa2ea2f6c88f4b994cbe96738639f19f3453271a0f2e9517	\\xf9b9b28d43231238d9e1f10ec8ad2ec6f6e059ebac508a4b3131d97e5baef9ce	\\xa4fbd6e5c52f45b8b7bfafe75ad05321d8257361c3accd36197e6046be28140f
3	28	28	2026-11-24 16:10:52.055848+00	\\x3ccc51ea89000ffdaaedb69bab30f097f4f10254cee9a04e931e3edb76b3f9b0	\\xa4fbd6e5c52f45b8b7bfafe75ad05321d8257361c3accd36197e6046be28140f	\\xdfec9e40c8ca2646b3b2c51e1d043bae914892f59002cfccebfa6ae1d8f160f5
3	29	29	2026-11-24 16:10:52.079761+00	\\x0257e1e0328f9afd5cce0169d75786efa2e3b213a88d838b7696e2c74ead7e8e	\\xdfec9e40c8ca2646b3b2c51e1d043bae914892f59002cfccebfa6ae1d8f160f5	\\x35caab79d3a7f85544e58fe7c3e1aecff861753d2b8b2f611a1ee48671427ce6
3	30	32	2026-11-24 16:10:52.70935+00	\\x560b6a7122710889fb606a7bacf286d32b46ae7942a8089633ec27f47e0f2c258e8bf06693446c89d68b94b04b82b7b5b7045bad11e352e12a43202d9d19360e35a808d29a1da40de19fcbbe25e7a59cd227b720bc552c1fe53910278fdb0168	\\x35caab79d3a7f85544e58fe7c3e1aecff861753d2b8b2f611a1ee48671427ce6	\\x356971599180a531bf6f4530b83d313599cd8fc1b0be74189ccbb3a2f0857e35
3	33	33	2026-11-24 16:10:54.311796+00	\\x13ee92b934b044e4bbfdcebb79b17fee1ea583822904cf59e30153d1cd1c9ecc	\\x356971599180a531bf6f4530b83d313599cd8fc1b0be74189ccbb3a2f0857e35	\\xd94156f1e9ed149b826adc7b87542b14905dc4678583e99fe13e37ec1a6a0047
3	34	38	2026-11-24 16:10:54.602717+00	\\x1e400784f470ab690eedf3b21d9c52f69043919a894074f0c407aeaa6d8417e073b46de51cc38fca64dbd1226e92cd3917c3c4c313e4db5b31be35121cec0578341128500ebd622034daf51bf42f80f401a11a4e3c0d209290c978231d60110032671c4fe9ec5b219d53d2fa09fb8171162e4709d122ae8b9a9e21e64993b1f93b9394af93c6a219fb2f734a57e8151c67e005a10d6b43da3bd896ce49a007b3	\\xd94156f1e9ed149b826adc7b87542b14905dc4678583e99fe13e37ec1a6a0047	\\x590ccb7e23ae7231ed0449adaab87a657fa9429d1334c453bf3f677231914a49
3	39	39	2026-11-24 16:10:54.611213+00	\\xcf6dcd791db378f1333f4c1e3b22e28a1f9b7b210bd92eac3ba9d252426d41fa	\\x590ccb7e23ae7231ed0449adaab87a657fa9429d1334c453bf3f677231914a49	\\xc9f94a2b02c8b99359b83fef722f57ea4460c5ec80474e98934bd849afd22219
3	40	43	2026-11-24 16:10:54.615753+00	\\x6a52ba54a93f7dcda08a8d27d319ea30501ae8ec25ee53d7facf79e5b8b66d60e1492c756df518866816327961a14faa954fe2552280efba528869f54cc81caa33cee31f8222ef40b92679afa0e3c6177a6eb6282797bff7f104a5f95f2bdc4e0ffef25309bcbf08d55c097bf3c9b3280832fe83c31483fa7e9f18b643bb70e2	\\xc9f94a2b02c8b99359b83fef722f57ea4460c5ec80474e98934bd849afd22219	\\x6cac7a436f9682619edae4bc0dcd73d8aabd0cae96fed96e48dd127d9a4886e7
3	44	45	2026-11-24 16:10:54.627597+00	\\xc37a6708490a5cfac65a06ae3ca0f7059b2a8da878c8653eee27ed5df1acd87a1f1ce5246a1ef2788bc54d4dbf80eb779a925e400abe62b9fab3f3f85a8633cf	\\x6cac7a436f9682619edae4bc0dcd73d8aabd0cae96fed96e48dd127d9a4886e7	\\x2b8f48f4915387999884d23bd35e705483803717f4e0e7376f3570787da5a12e
3	46	46	2026-11-24 16:10:54.634193+00	\\x0a43829ce7e98f6cd399cc2400c928fa451050e0305eddc177611bc77d51ed0a	\\x2b8f48f4915387999884d23bd35e705483803717f4e0e7376f3570787da5a12e	\\x9cd115d6183561cf01e8bfae62bd3be96917ffc19ea13f175de630c0132cdf03
3	47	47	2026-11-24 16:10:54.639802+00	\\xd3e6e935ad28d53918bd6b53452fcbe1677dac4aff316ad6661e617a0e5891c8	\\x9cd115d6183561cf01e8bfae62bd3be96917ffc19ea13f175de630c0132cdf03	\\xbc53becb425698f9fbb0506bfc0229920c7c649b607d0ee0e8d5ac10ceff08f7
3	48	48	2026-11-24 16:10:54.650278+00	\\x17cf8739fb639b6cb707091bf3e304e7bdc2dcffe43cf459edf23d001ad70078	\\xbc53becb425698f9fbb0506bfc0229920c7c649b607d0ee0e8d5ac10ceff08f7	\\xb879154a0ff29a2f72f12881b5c8d5d00a60bab04d7b306a82273eb6b17cd4d6
3	49	49	2026-11-24 16:10:54.654865+00	\\x9d7e4b261331fae858d84e45314be21e987920c6600b2d443e726b5d03d9ce57	\\xb879154a0ff29a2f72f12881b5c8d5d00a60bab04d7b306a82273eb6b17cd4d6	\\xad6fe6da21b697495f62c8a20b339f21f5b236c4b0fc26721a0f26d6fc3379c4
3	50	50	2026-11-24 16:10:54.66081+00	\\xed2fc22366069742ab987c393d26f9e286e36cbc803cf7be3e921dac4860f4f8	\\xad6fe6da21b697495f62c8a20b339f21f5b236c4b0fc26721a0f26d6fc3379c4	\\x5fa0c0d85e0366434daec7d5e39dd10bd7bda86fed5c1c311d89127f3f79f309
3	51	52	2026-11-24 16:10:54.680823+00	\\xce665fdc0dc87378c3c613991e07df90e91d9ab8ff407223169d27ed23070b35e4b9eaf893098d714f3922b6ccf3dad88768c97a9058dc8421da64ad4c74adad	\\x5fa0c0d85e0366434daec7d5e39dd10bd7bda86fed5c1c311d89127f3f79f309	\\x158e57114f45077afab15df39e42c2505bf4168afe48cb56890ce3a88be8ef05
3	53	53	2026-11-24 16:10:55.506769+00	\\xee064fcd75734a5e2f78b07c1a49257fab40726d5b1cbac7e86683575c6903aa	\\x158e57114f45077afab15df39e42c2505bf4168afe48cb56890ce3a88be8ef05	\\x000ed271c7bdffd8437bfe1eebb5f1552f4d7602af7faf0e57a4a579281dfce6
3	54	58	2026-11-24 16:10:55.526541+00	\\x8767d02254bd888e4ff9f20cacc90b1d6cd0a48421eacf53ce36bf3d1afb415f8cdc23eb802bd4db1f3a4bf40f699ff126839a42b7703bef725e1e45aa6bae6cb88e8d0146a3a17fd2361f7a9df0358986fbb6c3cb669aa673f4361f2616b2257ab84abc19faca063277ff097707f632f44b48467f6c0b7d54f4db4db3deacf8e2824b3c8f53b14ddbf3a49b7a4a2e7d86cfdd7ab20de4b86d8caec1d2ea3401	\\x000ed271c7bdffd8437bfe1eebb5f1552f4d7602af7faf0e57a4a579281dfce6	\\x6ed7c0340aa22b959f7be3ca2df97ba267c30f22d56e7cc8d9bf2a00d8a0bff7
3	59	59	2026-11-24 16:10:55.692696+00	\\x57e9f8377e061dff7a220654fb555c18b1c580ecc34ae435aa57211e002da236	\\x6ed7c0340aa22b959f7be3ca2df97ba267c30f22d56e7cc8d9bf2a00d8a0bff7	\\xeda39c5aeefef6f691aa9a5ef12b8773f615950e1870a3a8fe9dc4f40e279539
3	60	61	2026-11-24 16:10:55.700987+00	\\x361a699f476b59871a8084c7d5b42788a6c97fe956dd780ef6503651381a0d44dd063ba6ba92747f1428ce42900f3fc6d4ea7e7f6d69c7917b69e32f7a22973c	\\xeda39c5aeefef6f691aa9a5ef12b8773f615950e1870a3a8fe9dc4f40e279539	\\x761a312f571366843f09be91f7d4f59f6392cef4eece1aa36dadd08de0ec1562
3	62	64	2026-11-24 16:10:55.705848+00	\\xe77fdf89275f20bd9a3b86bc6e1bb66cac5a12dd56e0f70fed230ac2eec7554c7d54181b27a424413c512804510fbbed13a429ffd214b6d5e558fd442c83d49c3866c5ccb5cd7a00475325e7d98730ae57e4b09118e3ce75c8a9469920e9fa26	\\x761a312f571366843f09be91f7d4f59f6392cef4eece1aa36dadd08de0ec1562	\\x8ad4220c6975915c533f35035ccd50e8cb799ceff7a0711aa8f72c58bb462ed9
3	65	65	2026-11-24 16:10:55.711178+00	\\xd3ec2a9648a1860897b77d1c23c4036a94b6501568203a4519fb5272cb4c5044	\\x8ad4220c6975915c533f35035ccd50e8cb799ceff7a0711aa8f72c58bb462ed9	\\x301f455e73cba72f9b0d562118a0d6cf879af93dde1289a8259e8844bcbc8188
3	66	66	2026-11-24 16:10:55.725846+00	\\x4accb05ba41cfcdda07860da3e4bcd8585db4b6390ac4318cef13e01ee68d2a2	\\x301f455e73cba72f9b0d562118a0d6cf879af93dde1289a8259e8844bcbc8188	\\x7ed0dd6e01f3869b64981d3fd0f40e7efa03d82cb34602aa7153decf21932199
4	0	0	2026-11-24 16:10:48.439007+00	\\x	\\x	\\x4ebb7a30dbf02f8cfb57b387c72c73df9ad1ccb763d11e9379e71975d6c5d94a
4	1	1	2026-11-24 16:10:48.466484+00	\\xb8367ede525285f923b53e9ef1417e994eed3ef6b773f62e2cf9645bf253f601	\\x4ebb7a30dbf02f8cfb57b387c72c73df9ad1ccb763d11e9379e71975d6c5d94a	\\x76bc0b8021c2c63d813fff6c48962a879910ba9dca8dc69668f3c9020e909035
4	2	3	2026-11-24 16:10:51.98259+00	\\x31f3cd915ead8459dfb72479922d53b918d2404a7795c74d212388c5b9fc35c6513bd5d26e085aa67f3a1e0b78bb81d6088103e20985427e0153a2ecaf27341a	\\x76bc0b8021c2c63d813fff6c48962a879910ba9dca8dc69668f3c9020e909035	\\xefdb86e78cd8f9423952c281450479e119bcdf96de0cb4ec8a434f58913463e4
4	4	4	2026-11-24 16:10:51.989673+00	\\xd951d785bb88cfac024b7957801f22ed806c041a7d8fc16a0437b93f07144175	\\xefdb86e78cd8f9423952c281450479e119bcdf96de0cb4ec8a434f58913463e4	\\xc5dfdc1eb100a502fec94b2456514727dfad5bcb098dfecd560cd8bebdfdc9b8
4	5	6	2026-11-24 16:10:51.99849+00	\\x07925760cf055ef5991b2242449e662251112e35935d78102b6183a37aae0a856069c7515748d0b25fc2fb35df586e99274536f7333cc768d54cc17c0e1e0933	\\xc5dfdc1eb100a502fec94b2456514727dfad5bcb098dfecd560cd8bebdfdc9b8	\\x7a4641acd1050df81e8130b09179447df4e9a09b3edc08a994d2c075da24c33b
4	7	7	2026-11-24 16:10:52.007792+00	\\x5ab62bd4d65377a9c332a42428b2c3ecf301f0fe530c99b48944188301b6e369	\\x7a4641acd1050df81e8130b09179447df4e9a09b3edc08a994d2c075da24c33b	\\x2f07eeb54dbc748d79e60393664a843d2cce6ec8e7773a84504d989c4cc1059c
4	8	14	2026-11-24 16:10:52.027338+00	\\x959e3e37dcceeeb75eaef82daf9920c4ba41260a680879e910c4c433ab5e3c92819c69055b05fd7c1d0e1b138d8c7f00a5a1c945081b838cc19f9cdabde1326c9f9f551b9f93e6cd32e78667bc1ed06d0bdb4f981653f3d04dcebb5a5909b4b0919167ca3d65f4be723f69fffa2cc265f26f78a207a22e07a4fff2350e58ce28ac1cc49b6a8bdd0785d31108a3dff7e441d6646fd3d75676149b98e0dfe9879b97029070e7d734e08c9bbb5b1bb754afc0a1938267748e07a186bfa7622600b54c1d99f3f422c0c06d1bfa7dd71df3a3ba6eed0d0826591e2cd791ae6f5a97d1	\\x2f07eeb54dbc748d79e60393664a843d2cce6ec8e7773a84504d989c4cc1059c	\\xb48640120b26c2f31bbfe09ac9a6e31c797739bd41b51b6e6c583759cfac5e59
4	15	18	2026-11-24 16:10:52.034405+00	\\x022a5fe1d4a8188ff58d335df2efe1bc766b1fef18cebf2ef17b9eae10e96fd4eef85a5202b3ad1c96f4219dc478c04c58784cc694d24862230c298aad7ca3acd9a2a003d6a40634783e1016250f1ebef8963ca7c953865079bd680483b492631a6848e2852ad0894192481cee36e625c6895a191f391a5e28683eb76a19eb34	\\xb48640120b26c2f31bbfe09ac9a6e31c797739bd41b51b6e6c583759cfac5e59	\\x1dbfdec90ed2eea3fb69f3a023a14f8258e18afbc57130bef4572f0b7bb716fc
4	19	22	2026-11-24 16:10:52.044841+00	\\xff4e3d08fae4c556477053e1b0cbd40b0a3d18120a11556a32e7e2f9bb7bf6822be5a5856db18713b8c6fc805f45087cbf28e95eecd638b20ad6d9bed5bd82d1eda7241e7b311e23d5120ac0f09b461aa10fb9a65d8dde75f6b86e45ba33be197cf5e47851f7bbe303c3cfeb5e66bb9ba24ee0bffc84579fee5cd881f42f7c39	\\x1dbfdec90ed2eea3fb69f3a023a14f8258e18afbc57130bef4572f0b7bb716fc	\\x94cb76847b432acada46edadb5b1e6c479896e5cf2fa75ba5f935d885b5dd764
4	23	24	2026-11-24 16:10:52.70935+00	\\xe5fe5f970d8f219cebd8abe40d859a5c5659dab54c1a1f9d2e08272218a6b58141decd52dade1df7572567af1092bed6b37f8e5945d4c78db4e8a79d95c2ce68	\\x94cb76847b432acada46edadb5b1e6c479896e5cf2fa75ba5f935d885b5dd764	\\xeb242ac4a907933cf369f012d5bbe47496f6e4a999ca38222e47ac8125d0d4cb
4	25	25	2026-11-24 16:10:54.627597+00	\\x4c015ea37d9b69b38c22f6edf0932a75eee2adc8b950f3001c3e4a4e36fb8d2a	\\xeb242ac4a907933cf369f012d5bbe47496f6e4a999ca38222e47ac8125d0d4cb	\\x1bd0d22df1d3530b866d2de330954d5f2d2088fd6923dd93c2bd6737ab3eee4d
4	26	26	2026-11-24 16:10:54.634193+00	\\x8f15b7151010fc731dc1e7e3dcefe1946b755a08dcc8126312ad1ef541639d38	\\x1bd0d22df1d3530b866d2de330954d5f2d2088fd6923dd93c2bd6737ab3eee4d	\\x49ec18b5c7e2904ed30ec4ad35d72ccaeed873e09e06066d4380669839e7ea87
4	27	31	2026-11-24 16:10:54.670096+00	\\xe9faaac27fe973a925f4feb99ea7abf45b20db6b2e9f2abef15919ce5f3156d4f2d8b655c31035a30dcdfd9779d4b2673c89ed106ec61da4a0efe7ebd4588c5bc1008b633742847bd06a090d35aab391b3fbb00e556ed1a0993d2c3d1aff5b255b55e50797e91ab7ac2b9ad8dfe016966799fc491819b624adbf9465ee915e24f9165073fe49e24348e5b3a745ffd31c3e2d17bec71433ea052c48e8491f157a	\\x49ec18b5c7e2904ed30ec4ad35d72ccaeed873e09e06066d4380669839e7ea87	\\xdb6f750273630804ce4a08e9b7105b335566924b2de4fb439aafdf44db673e6b
4	32	34	2026-11-24 16:10:54.674707+00	\\xe0c91085cfd74093985cf1dcd691ba08caf212376ab6f46ebba43d0a76fd5347a1ef4aaeb9d586e9dfa9a8c8449c0cf70623735f7aacf92b63ac0f364eee2e778871e49fcea59ba786dd5e5d9eef4d9c305e52e3f9f960e7a51462586d937111	\\xdb6f750273630804ce4a08e9b7105b335566924b2de4fb439aafdf44db673e6b	\\x3f1259a4fe94a37c676c1a54d0dd4c8d109bf80899115d42d89d6be5330560ff
4	35	35	2026-11-24 16:10:54.680823+00	\\xd1c1d37980ab7fa8f3c19b2d7f3e2402c6f640a67d815b113f74cddac46e0db4	\\x3f1259a4fe94a37c676c1a54d0dd4c8d109bf80899115d42d89d6be5330560ff	\\xb52cfd90ac80a40c76fb84947ad5e12d782e60141eda021e88fb64f31edb899a
4	36	38	2026-11-24 16:10:55.526541+00	\\xd27114a0a7ae0f3b9c84cd514e85bbde764ddeec278b116c2e2463af148a53cc8b67c1487e04d8325e3f206128b88c1525fd4559e68610e772f30acb40ce8cead9eba967adf5a3444dc8d5f4eab1d83a243036049a81ac346268c373e1c87a07	\\xb52cfd90ac80a40c76fb84947ad5e12d782e60141eda021e88fb64f31edb899a	\\xe85105ef548a0e97211238d69f26ade07ffcfc5cbb699930b80814d332b4c5be
4	39	39	2026-11-24 16:10:55.718873+00	\\xa9f9b0586d2b6a2a89efe6e2e9c4639d40bac95387ee4573b2903263fec3a0e3	\\xe85105ef548a0e97211238d69f26ade07ffcfc5cbb699930b80814d332b4c5be	\\xe78d6678440d61a391d1f7803679872cb0461e6cc2516a596d7ce4b684fcee40
4	40	40	2026-11-24 16:10:55.731085+00	\\xc3fcb2b3fea282e4b699f7bb2f3a65469c35efeed73e6f43bb9b29d15260a483	\\xe78d6678440d61a391d1f7803679872cb0461e6cc2516a596d7ce4b684fcee40	\\x3d521476bc8f804361de7d804b3fc657ce9c3aa26f78ec0cfd31cb4b28a79b93
5	0	0	2026-11-24 16:10:48.439083+00	\\x	\\x	\\xe8fb7f2904cb38da25225f54869896a185f9643702c4c58df8b810986cff9a37
5	1	1	2026-11-24 16:10:48.466484+00	\\x5556371f1d0d1cc365a7bbd943736f23afbbb231e7ccbc07eda19893a33eda1b	\\xe8fb7f2904cb38da25225f54869896a185f9643702c4c58df8b810986cff9a37	\\xc311a3b04d57db3010b53fd593a3422bf5467b99d36e5352ab60f08f17296ce4
5	2	2	2026-11-24 16:10:48.495979+00	\\x653b0708287a33fb2729e385737511d904ab4f41bc3d802a4e3d77fbac4cda07	\\xc311a3b04d57db3010b53fd593a3422bf5467b99d36e5352ab60f08f17296ce4	\\x9546cc64d8bba38c32cee15078dab062e0bb445f8aea4c93c64d4332e743f24e
5	3	7	2026-11-24 16:10:51.930988+00	\\x310bcefed8a72bc751806b05b833b8b40e2200da2fa537d553118ec736ff758b107ff0cedcd50ba093c6f72c16853e03cc43560d97145a9f0f5390bbf9beca026045628aec4fc225e999a0b3d55e4c723f727f1aefb13f094e9807321acf8dd26f3a95961ee64941bdfd924bf91b566c55ccf6a86b3df6a78bd12828058d9c34a7ecbffe6d5c14c126c9655cb41d48b4a2f6a7aa2c46cdef213addbd87bcdffc	\\x9546cc64d8bba38c32cee15078dab062e0bb445f8aea4c93c64d4332e743f24e	\\xb547ed7ccc73d306405fa7f3148c88da09779195827fe14ff445555303d88574
5	8	9	2026-11-24 16:10:51.937628+00	\\x8f043f0b35510920462faf86172d18dc12dc0fcab19f5c2ab9505bdbe6fbc2513db2c7c2f3eb00b678f678b1392b8a085416128602c3d923380cdd8c231726c1	\\xb547ed7ccc73d306405fa7f3148c88da09779195827fe14ff445555303d88574	\\x1f8f3b1b8610bf5d4749acbca91d3eab4b187bd068ee7683b68eae107a2648f7
5	10	14	2026-11-24 16:10:51.941821+00	\\xdd84bbb1e46a7739b64e4a477e7cd5fb129030160aa5904b6bf7ebf0d586cd094bcd2f739740829b5d88886920801e63ec7c4b5082a15cca8d55f273c168548f2119d15d88dc3185793e34ecf4f6a01b26043f1e6036e161cfed8945fe3459db42525481335a18a61cb986c4d6214918a48ae2a394423ce74652c08f63ed0fef9df6f9b87e4c051cb962884762d0c8dfee0e00210049395a85037a192e615c20	\\x1f8f3b1b8610bf5d4749acbca91d3eab4b187bd068ee7683b68eae107a2648f7	\\x38e86113a5e136ad7b84de3207f91b2a6b13c7b89d3b06acfa14379e4cec2805
5	15	16	2026-11-24 16:10:51.946193+00	\\x68f22239dd6a37cf73f1bcc5718f299e9545ea92de9af204f9c4c8f275850f03df978e3c6dc0ea61a681c20e839cb8dde21ecd06cbb66eb3313b244bdb5b72d1	\\x38e86113a5e136ad7b84de3207f91b2a6b13c7b89d3b06acfa14379e4cec2805	\\x28d2af36438f7ab3b74480b7c8bb15986f9fe637ffb7405279ea12a071697f2c
5	17	17	2026-11-24 16:10:51.98259+00	\\xe7c370d9967c4ca0a965a9596424462dbf6d9fbcf9210a0fe237bb3a516a9320	\\x28d2af36438f7ab3b74480b7c8bb15986f9fe637ffb7405279ea12a071697f2c	\\x26192d979082013da060b67296208473ab4f8bea97fae33cc9fd91799ef98028
5	18	19	2026-11-24 16:10:51.989673+00	\\xaca78a12f898ac18ee895b75ff38999546eb11ba9ba7703666e2cd23274a69d8928435fb99ece1fc2b39c376d440a4cb2af1859f2e65d2113c98d93045e05751	\\x26192d979082013da060b67296208473ab4f8bea97fae33cc9fd91799ef98028	\\xcff70bd97bc672a7e32ff9c977e8c685c7fb53a39ef5be42e27a4a8650cbf04d
5	20	21	2026-11-24 16:10:51.99849+00	\\x41c8c545891b2a976edf5bbd09cb0e493ab7e307532a30dd3a3833148f68779a1a1de73ebb15295c3da3eb0d69ef6ed51c47b314473d3a604b0e0ce5cee1f6a5	\\xcff70bd97bc672a7e32ff9c977e8c685c7fb53a39ef5be42e27a4a8650cbf04d	\\x1aa73fdd32e525de2b087b1bcb4523822f236c9061ac429e0eddf0d3379d9011
5	22	22	2026-11-24 16:10:52.013958+00	\\x56a17e516e336b2af4e6810db35d04165b86545b20d718be533194e11f2f4d3d	\\x1aa73fdd32e525de2b087b1bcb4523822f236c9061ac429e0eddf0d3379d9011	\\x017d47264c4c87f1ed2509c1a50df35636b0322d8a1b3617ff5d4ab13282fe08
5	23	24	2026-11-24 16:10:52.044841+00	\\x370a6d809f6319469bb73e60af7f48de7a06b8f83b346d1279dd4f12f6d5edb89116a051e381ae3252c5072cd232b0f1fb9f44e981650a18a4a9fbf08ee8a3b3	\\x017d47264c4c87f1ed2509c1a50df35636b0322d8a1b3617ff5d4ab13282fe08	\\xe44686bb307001d091940f225a6ff2b810fab68cdfb678c76d5916b9fe22dc3f
5	25	25	2026-11-24 16:10:52.079761+00	\\x8a89738b0c6b00cbb932f8c579deaa0b8ff896151d08f321ce6a21ba4119afb8	\\xe44686bb307001d091940f225a6ff2b810fab68cdfb678c76d5916b9fe22dc3f	\\xa64dab0828f906262a05d2385b76a2376b23975114cc3f4fe57b5fc75a43419b
5	26	26	2026-11-24 16:10:52.70935+00	\\xdf46d4c784454d44d72e1a851390bfa48cf66a4946444a6c0c053777775a069d	\\xa64dab0828f906262a05d2385b76a2376b23975114cc3f4fe57b5fc75a43419b	\\x463ea94ffff0e8b72f07ee0f745f2828f86db69876d7f76a8b467c8c5dae6a3f
5	27	31	2026-11-24 16:10:54.602717+00	\\x8c68ffcbd2fe1ae491c323e01330d0f5f77fb142e58d51d2086f8c952051ca71e14975eab0feabf5388ec71387cf229d629bd02083c6877dcbf1e66822033a75949442017fce23c72931ea3640f88477fb9980ecbfa9255613901111e92ae62baf956a7b096cca4b85ab25bf2b5ac18983f5f4315015df44c2b2a260616fa87b240c3de8243341e95681c6e3f36f77949fbd9b9bcfe07271a9b93c0c94282e1a	\\x463ea94ffff0e8b72f07ee0f745f2828f86db69876d7f76a8b467c8c5dae6a3f	\\x554d6aa64f135b33220b4d2a7328fc1e24acb202a4b98f277946053a0b543533
5	32	32	2026-11-24 16:10:54.611213+00	\\x8daa391e6742801535898b9dfe4f9ca3e8d4b1f6b02bfe099c4f8a49a2ca5d95	\\x554d6aa64f135b33220b4d2a7328fc1e24acb202a4b98f277946053a0b543533	\\x859668a5991cb6d704155bfa194b7e8707efae3ada16be5e6fd1fc5a1d2f3930
5	33	36	2026-11-24 16:10:54.615753+00	\\x7d422e5ae44aaa7e7dd24d3b1e3a01f7f9eebe7a934566b847cbec244aacc14bdea25da4aa692de0fa72fdf87275162753d562ef13ecbc37e0c8ead27c559de6a91e28133cba3cc6756cb5ed4b8550172db4bdafa49cc142138f894ecad6d541262c65353a49bef1579eaa3cc38835f12deb0101dfd8b836f7c9eaa720798591	\\x859668a5991cb6d704155bfa194b7e8707efae3ada16be5e6fd1fc5a1d2f3930	\\xe211673f8e4d1fde9ced0313044867b82321954895cc529af1c1df19cb4537ee
5	37	42	2026-11-24 16:10:54.627597+00	\\x50bb1404513b31d23671cee623bbb811a81b0f91f7b0dc5873be1a41a35d6721aac23ae89ebba16ec89d6318a507891a9a8094b7ce1ccdac4008b8ae5ca03a5f9b793b84c4a35faddaa31bbb20333ab3946fd6f5871fe0e4907530fba6da59e01a67078240f2447d714c1c742d07a1d48e2bd8d0e25924346044d3bab8f3c5bab89eec7567699c701a5203751e93f39253b8e561c7213cc843eb5b50a41490d17079f669498ca89cb537ef0244b2a3eaabdaceffb20641b32da851b8832af782	\\xe211673f8e4d1fde9ced0313044867b82321954895cc529af1c1df19cb4537ee	\\xd791b3d37fd812d84952e843cf61e6200538654b56a15d4fe6e1032d7cab8c19
5	43	43	2026-11-24 16:10:54.634193+00	\\xcb9f7dc2746ec3997f206a59716a30b31a6a8a6f6b032b1c655bd536912e4d28	\\xd791b3d37fd812d84952e843cf61e6200538654b56a15d4fe6e1032d7cab8c19	\\x70f5dba8c40a1181536b0b844a003d3647540e2fbb936d3aa0320b67441673d8
5	44	44	2026-11-24 16:10:54.680823+00	\\x15cdb018f4172561b90cf44bbad2023fb0836e6f21244f798be2beeb1ad3948c	\\x70f5dba8c40a1181536b0b844a003d3647540e2fbb936d3aa0320b67441673d8	\\x61bd9e9f9cbdfaeade0be79bac72a8a1536d836941f4f290476a76c83dd23cf9
5	45	46	2026-11-24 16:10:55.526541+00	\\xab9100a245393754a50283fd647135b377c5bca98c24e9ddcd2764d3d2d7d96dbcc61dc1d3d9a909894cc7af137601571a03d29ee59b903e3bc6c8ecf43bf139	\\x61bd9e9f9cbdfaeade0be79bac72a8a1536d836941f4f290476a76c83dd23cf9	\\xe467e24e8018a63efa35e49db04be32961e0ffa90862ac3d565e8004bfb07df9
5	47	47	2026-11-24 16:10:55.692696+00	\\x8b0cae7ff62a44f6e187bffabc88255b2668133ccdedb7be25e23ac137380db0	\\xe467e24e8018a63efa35e49db04be32961e0ffa90862ac3d565e8004bfb07df9	\\x0fab8335f1f48407fbd80ab960f76a910d6898782a06848866b217d2a351f300
5	48	49	2026-11-24 16:10:55.700987+00	\\x73f9e8ba9c1af35c5985d4ececb0dee9dc3068e31942e6c264eccbac85834a55ac98b56127a17526bd0f8fb6871abf846e8ec5f0af42b4e3c226ea6e23912ce5	\\x0fab8335f1f48407fbd80ab960f76a910d6898782a06848866b217d2a351f300	\\x9882762042b3e6d0d76c06f40ef760fd4797fa76ed3962e44649fca8321e131b
5	50	52	2026-11-24 16:10:55.705848+00	\\x13cd22e0820a76393ccfb736707c7fdbeecc27dca5c364f30a7112291ff28842c10e09edade0dd1ff3e1994c5f3872419b6b664de6143f2f4ada3b83166d29eec634f86b8d5613b6bbb0d3b9bb3fdf5c3b566d751c458c7af4321fd4e9f4d14b	\\x9882762042b3e6d0d76c06f40ef760fd4797fa76ed3962e44649fca8321e131b	\\x9e7403ed62e0b1143900341eaeb02d89bb7f2b3c24979a11f733d5cd956d8ff7
5	53	53	2026-11-24 16:10:55.711178+00	\\x98b0c65a3797bb8a017d1b8eeb0c08f81946c7dd17ea68e4cb9c52c8dfae3f0f	\\x9e7403ed62e0b1143900341eaeb02d89bb7f2b3c24979a11f733d5cd956d8ff7	\\x7bcbaa6399d13d1abf9a4bdd2c8583e8799e4eb326264ac5fb7ac1a834260f47
5	54	54	2026-11-24 16:10:55.725846+00	\\x651d6cf4ab1b14c17c8dd4430efeffffe293181dde193297245be19aa5639168	\\x7bcbaa6399d13d1abf9a4bdd2c8583e8799e4eb326264ac5fb7ac1a834260f47	\\x2239cd7fffe3e38367a8b184ccb839dc852ca3d7d0e4e1292dfd02a2ce5ec2b7
6	0	0	2026-11-24 16:10:52.070678+00	\\x	\\x	\\xce4094604035b6f00e2a5a1e47efa82078ddd149dbc76d74b53e349b43c7453d
7	0	0	2026-11-24 16:10:55.48025+00	\\x	\\x	\\x77ed9dd01ac6b8506795556898e3b358b5510c29ffcbc62491ef90e1532fa547
7	1	1	2026-11-24 16:10:55.506769+00	\\xffdc5c139265ef9bf217404e395781fc5f21c7bce903d0b90b91e084c98c9b06	\\x77ed9dd01ac6b8506795556898e3b358b5510c29ffcbc62491ef90e1532fa547	\\xa53bcd03d340eaf5c05968e5189eee016805fb76cddfc99e9a1c0a23583416a1
7	2	2	2026-11-24 16:10:55.526541+00	\\xdaad44afe6d0e135556bfc9526961441f5dbdfa90848c69450590760c50fc7c9	\\xa53bcd03d340eaf5c05968e5189eee016805fb76cddfc99e9a1c0a23583416a1	\\x747472960d188a6bfb8564186c4a53f3f27d903a4521348d7b96b5bf767d74c7
\.

COPY ledger.snapshot (period_id, last_day) FROM stdin;
20251	2025-03-31
20252	2025-06-30
\.

COPY ledger.period_balance (book_id, period_id, account_id, debits, credits) FROM stdin;
1	20251	1	0	300000000
1	20251	2	1000012007	34011
1	20251	11	4000	200001999
1	20251	14	0	500000000
1	20251	23	10004	0
1	20251	24	10005	0
1	20251	25	10002	0
1	20251	33	0	10008
1	20252	1	0	300000000
1	20252	2	1000052015	55018
1	20252	11	5003	200001999
1	20252	14	35700000	500000000
1	20252	23	10004	0
1	20252	24	10005	0
1	20252	25	30006	0
1	20252	33	0	50016
1	20252	59	0	35700000
2	20251	3	0	300000014
2	20251	4	300000490	81610001
2	20251	15	0	300000000
2	20251	16	300000666	14668
2	20251	22	0	476
2	20251	26	81610001	0
2	20251	37	2444	111
2	20251	38	14779	3110
2	20252	3	0	300000014
2	20252	4	544823252	81610073
2	20252	15	0	300000000
2	20252	16	300014668	100028675
2	20252	22	72	2001014
2	20252	26	81610002	163220002
2	20252	37	4778	4777
2	20252	38	102031119	81619447
2	20252	51	111	0
2	20252	60	20400000	0
2	20252	61	0	20400000
3	20251	5	0	300000007
3	20251	6	381657111	39646
3	20251	17	240000000	0
3	20251	18	0	240000000
3	20251	19	4042	231
3	20251	20	926	16193
3	20251	27	20010	10003
3	20251	28	0	10004
3	20251	29	0	81610001
3	20251	34	0	10006
3	20251	39	15001	8000
3	20251	40	7334	333
3	20252	5	0	300000007
3	20252	6	381733392	244885804
3	20252	17	240000000	81600000
3	20252	18	81600000	240000000
3	20252	19	6189	231
3	20252	20	926	24798
3	20252	27	20010	10003
3	20252	28	0	10004
3	20252	29	163220002	81610002
3	20252	34	333	50013
3	20252	39	36008	29005
3	20252	40	14337	14335
3	20252	52	10003	0
3	20252	55	81600001	45900000
3	20252	58	0	6999
3	20252	62	0	35700001
3	20252	63	35700000	0
3	20252	64	10200000	0
3	20252	65	35700001	0
4	20251	7	0	300000028
4	20251	8	300036044	14003
4	20251	30	0	10005
4	20251	31	10003	20010
4	20251	41	2444	111
4	20251	42	111	2444
4	20251	45	1344	1344
4	20251	46	1332	1332
4	20251	47	2676	2676
4	20251	48	4000	6001
4	20252	7	0	300000028
4	20252	8	300047050	36227
4	20252	30	0	10005
4	20252	31	10003	20010
4	20252	41	4778	2444
4	20252	42	4777	4778
4	20252	45	1344	1344
4	20252	46	1332	1332
4	20252	47	2676	2676
4	20252	48	4000	7004
4	20252	53	0	111
4	20252	54	0	10003
4	20252	56	20002	0
5	20251	9	0	300000032
5	20251	10	300014076	20245
5	20251	12	0	12
5	20251	13	12	0
5	20251	21	231	4042
5	20251	32	0	10002
5	20251	35	10008	0
5	20251	36	10006	0
5	20251	43	7334	333
5	20251	44	333	7334
5	20252	9	0	300000032
5	20252	10	300056229	106928
5	20252	12	0	12
5	20252	13	12	0
5	20252	21	231	6189
5	20252	32	0	30006
5	20252	35	50016	0
5	20252	36	50013	333
5	20252	43	14337	7334
5	20252	44	14335	14337
5	20252	57	0	20002
6	20251	49	0	0
6	20251	50	0	0
6	20252	49	0	0
6	20252	50	0	0
7	20252	66	10200000	0
7	20252	67	0	10200000
\.

COPY ledger.act_head (only_row, last_act) FROM stdin;
t	26
\.

COPY ledger.act (act_no, kind, subject, contents, actor, login, approved_by, recorded_at) FROM stdin;
1	scheme.adopted	example-four-party	{"digest": "aae824c5e515117e0371d4ef76defffb836c8f6c64a0e94e07613978cd73254f", "currency": "CNY"}	office	gongji	\N	2026-11-24 16:10:49.059587+00
2	accounts.opened	Bureau of the river	{"book": 1, "accounts": [[1, "capital", "equity", null, "CNY", null, null], [2, "cash", "asset", null, "CNY", null, null], [11, "budget", "liability", null, "CNY", 0, null], [14, "pool_fund", "liability", null, "CNY", null, null], [23, "due_from", "asset", "River guarantee", "CNY", null, null], [24, "due_from", "asset", "River insurer", "CNY", null, null], [25, "due_from", "asset", "River re-guarantee", "CNY", null, null], [33, "due_to", "liability", "River re-guarantee", "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:52.084627+00
3	accounts.opened	River bank	{"book": 2, "accounts": [[3, "capital", "equity", null, "CNY", null, null], [4, "cash", "asset", null, "CNY", null, null], [15, "deposits", "liability", null, "CNY", null, null], [16, "loan", "asset", null, "CNY", null, null], [22, "interest_income", "income", null, "CNY", null, null], [26, "due_from", "asset", "River guarantee", "CNY", null, null], [37, "due_from", "asset", "River insurer", "CNY", null, null], [38, "npl", "asset", null, "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:52.0849+00
4	accounts.opened	River guarantee	{"book": 3, "accounts": [[5, "capital", "equity", null, "CNY", null, null], [6, "cash", "asset", null, "CNY", null, null], [17, "exposure", "memo", null, "CNY", null, null], [18, "exposure_contra", "memo", null, "CNY", null, null], [19, "ceded_fee", "expense", null, "CNY", null, null], [20, "fee_income", "income", null, "CNY", null, null], [27, "due_from", "asset", "River insurer", "CNY", null, null], [28, "due_to", "liability", "Bureau of the river", "CNY", null, null], [29, "due_to", "liability", "River bank", "CNY", null, null], [34, "due_to", "liability", "River re-guarantee", "CNY", null, null], [39, "claim_loss", "expense", null, "CNY", null, null], [40, "due_from", "asset", "River re-guarantee", "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:52.085105+00
5	accounts.opened	River insurer	{"book": 4, "accounts": [[7, "capital", "equity", null, "CNY", null, null], [8, "cash", "asset", null, "CNY", null, null], [30, "due_to", "liability", "Bureau of the river", "CNY", null, null], [31, "due_to", "liability", "River guarantee", "CNY", null, null], [41, "claims_paid", "expense", null, "CNY", null, null], [42, "due_to", "liability", "River bank", "CNY", null, null], [45, "expense:Ferry toll", "expense", null, "CNY", null, null], [46, "premium_income", "income", null, "CNY", null, null], [47, "premium_recv", "asset", null, "CNY", null, null], [48, "subsidy_income", "income", null, "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:52.085229+00
6	accounts.opened	River re-guarantee	{"book": 5, "accounts": [[9, "capital", "equity", null, "CNY", null, null], [10, "cash", "asset", null, "CNY", null, null], [12, "capital", "equity", null, "USD", null, null], [13, "cash", "asset", null, "USD", null, null], [21, "fee_income", "income", null, "CNY", null, null], [32, "due_to", "liability", "Bureau of the river", "CNY", null, null], [35, "due_from", "asset", "Bureau of the river", "CNY", null, null], [36, "due_from", "asset", "River guarantee", "CNY", null, null], [43, "claim_loss", "expense", null, "CNY", null, null], [44, "due_to", "liability", "River guarantee", "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:52.085345+00
7	accounts.opened	Ferry of the river	{"book": 6, "accounts": [[49, "cash", "asset", null, "CNY", null, null], [50, "subsidy_income", "income", null, "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:52.085421+00
8	period.closed	20251	{"through": "2025-03-31"}	office	gongji	\N	2026-11-24 16:10:52.681512+00
9	limit	River bank/loan/CNY	{"book": 2, "before": [null, null], "account": 16, "because": "room for a year", "debit_floor": -5000000000, "credit_floor": null}	chief	gongji	\N	2026-11-24 16:10:52.872302+00
10	limit	River guarantee/cash/CNY	{"book": 3, "before": [null, null], "account": 6, "because": "an overdraft", "debit_floor": -100000, "credit_floor": null}	chief	gongji	\N	2026-11-24 16:10:52.87371+00
11	chart	River bank	{"chart": "cas25-2020", "since": "2025-04-01"}	chief	gongji	\N	2026-11-24 16:10:52.880778+00
12	grant	river_clerk	{"role": "gongji_terms", "because": "hired"}	chief	gongji	\N	2026-11-24 16:10:52.886255+00
13	grant	river_chief	{"role": "gongji_approver", "because": "hired"}	chief	gongji	\N	2026-11-24 16:10:52.887273+00
14	grant	river_chief	{"up_to": 1000000, "before": null, "because": "hired", "authority": "limit"}	chief	gongji	\N	2026-11-24 16:10:52.8885+00
15	revoke	river_clerk	{"up_to": 500000, "before": null, "because": "hired", "authority": "post"}	chief	gongji	\N	2026-11-24 16:10:52.889467+00
16	grant	river_clerk	{"book": 2, "because": "reads it"}	chief	gongji	\N	2026-11-24 16:10:52.891128+00
17	approval	River re-guarantee/cash/CNY	{"kind": "limit", "maker": "river_clerk", "amount": 700000, "because": "spring floods", "subject": "River re-guarantee/cash/CNY", "contents": {"book": 5, "account": 10, "debit_floor": -700000, "credit_floor": null}, "proposal_no": 1, "proposed_at": "2026-11-24T16:10:52.907125+00:00"}	chief	river_chief	river_chief	2026-11-24 16:10:52.912479+00
18	limit	River re-guarantee/cash/CNY	{"book": 5, "before": [null, null], "account": 10, "because": "spring floods", "debit_floor": -700000, "credit_floor": null}	clerk	river_clerk	river_chief	2026-11-24 16:10:52.920829+00
19	sealing.changed	blocks	{"before": "sha256", "algorithm": "sm3"}	chief	gongji	\N	2026-11-24 16:10:52.92549+00
20	period.closed	20252	{"through": "2025-06-30"}	office	gongji	\N	2026-11-24 16:10:55.518966+00
21	accounts.opened	Bureau of the river	{"book": 1, "accounts": [[59, "due_to", "liability", "River guarantee", "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:55.650054+00
22	accounts.opened	River bank	{"book": 2, "accounts": [[51, "due_to", "liability", "River insurer", "CNY", null, null], [60, "impairment", "expense", null, "CNY", null, null], [61, "loan_allowance", "asset", null, "CNY", null, null], [68, "due_to", "liability", "River guarantee", "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:55.65011+00
23	accounts.opened	River guarantee	{"book": 3, "accounts": [[52, "due_to", "liability", "River insurer", "CNY", null, null], [55, "claim_recv", "asset", null, "CNY", null, null], [58, "subsidy_income", "income", null, "CNY", null, null], [62, "allowance", "asset", null, "CNY", null, null], [63, "due_from", "asset", "Bureau of the river", "CNY", null, null], [64, "due_from", "asset", "River mutual", "CNY", null, null], [65, "impairment", "expense", null, "CNY", null, null], [69, "due_from", "asset", "River bank", "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:55.65015+00
24	accounts.opened	River insurer	{"book": 4, "accounts": [[53, "due_from", "asset", "River bank", "CNY", null, null], [54, "due_from", "asset", "River guarantee", "CNY", null, null], [56, "due_from", "asset", "River re-guarantee", "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:55.650182+00
25	accounts.opened	River re-guarantee	{"book": 5, "accounts": [[57, "due_to", "liability", "River insurer", "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:55.650209+00
26	accounts.opened	River mutual	{"book": 7, "accounts": [[66, "claims_paid", "expense", null, "CNY", null, null], [67, "due_to", "liability", "River guarantee", "CNY", null, null], [70, "cash", "asset", null, "CNY", null, null]]}	chief	gongji	\N	2026-11-24 16:10:55.650238+00
\.

COPY ledger.book_member (login, book_id) FROM stdin;
river_clerk	2
\.

COPY ledger.authority (authority_no, login, kind, up_to) FROM stdin;
1	river_chief	limit	1000000
2	river_clerk	post	500000
\.

COPY ledger.proposal (proposal_no, kind, subject, amount, contents, because, maker, proposed_at) FROM stdin;
1	limit	River re-guarantee/cash/CNY	700000	{"book": 5, "account": 10, "debit_floor": -700000, "credit_floor": null}	spring floods	river_clerk	2026-11-24 16:10:52.907125+00
2	limit	River insurer/cash/CNY	1	{"book": 4, "account": 8, "debit_floor": -1, "credit_floor": null}	left waiting	river_clerk	2026-11-24 16:10:52.922895+00
\.

COPY ledger.approval (proposal_no, kind, subject, amount, maker, approver, authority_no, up_to, approved_at) FROM stdin;
1	limit	River re-guarantee/cash/CNY	700000	river_clerk	river_chief	1	1000000	2026-11-24 16:10:52.911296+00
\.

COPY ledger.carried_out (proposal_no, act_no) FROM stdin;
1	18
\.

COPY ledger.block (book_id, block_no, first_no, last_no, algorithm, leaves, root, chain, previous, hash, sealed_at) FROM stdin;
0	1	1	7	sha256	\\x28f88592bffad831c7df82f8824936c846a542575931a3effc5e777fd3a856687f24836e6bad169d81a4a3f9feb9701b515451d5bc020f10d075df575165582fe599fb6abe5159d988e7fc7a6adccc706e668cc94a790acc1884344b86f050592889675f809800584a6a0ae4f7a8cf184e99d4c98970c8780ce8b54631eaf32e109fffa234b8c18816cac3c49d7cb52849baf45dddf66fd53ff48944f87347d34af7cb9b766fbc1628d45eead8c99e8aabf9ce3ae2588d3776886f9d1bb317de167ef127dcc0e17f24546fbc47dfff569d17d62bafe67460b9ffed39977e0a09	\\xe0a6ae914ca2e923c0b4f334393ed1fc88f2c4f5bd74f930ee9f34ad459c8365	\\x	\\x	\\x8946e0de5fd601d5e817127095e5bacf4387b239dbac90d63d2a53cd5143012d	2026-11-24 16:10:52.104543+00
0	2	8	26	sm3	\\xba023a752269c6808db0c32647ad50b667ee520861eb94f5aada9d092dc70daa67b6cff1ae4dbeb6c62b6aa359020944343fef1909f8c2f5f9b273d425979ea565a13dbcaa89779182008b78efdaf3bfc95675f49763e8f6e7f7cac9eaf5d1acc3b6a957431dde53818d70045408d41b07ac76a60aa12cb404f9d16935ecc2179784585225ad96b635ec72ab02713c9529d7ed3c018999e50b2d797aedad0b8d16dac98afff61e2c5be8ed6929c3c5737d223b09e81a97a28beb2228f871a1527bfb18b2eaf26f80bda4de8344e09392d84118af3d91062d8cefa4a52a574d04ed8395e8e44e476cf6336831e84dc93ac584379ecb4ce488eee54ab91651dc9ca6852a7b6b84a2a95c8936356746e999986ec92d5c280f5316feef81cf3383a31639c91ba8ce92705709c2ea40fc21bd2f8b540b6fa767e03fb2321e600dc9d49436e0f8a93dd874a235d3def3565decd1016187bc4f717fd5fbb37798ebd35c7788e53abc560327ab83ea668ff47bcdd5b61bee3de28f0b36406326d2a7a09093cfb5c6d5fdee4e0bde7ab3d5ecd634e4238c3f875d256dfda575cd1fd21f22ace06243fc9cdc2548af3b63c706ead101d18c654f7e7692218c737b28f4a1da2ea6edca4dde70b7a94784843f6f243fd2aff9cd54793a78455a48427ffe0af05ab35cd07c5724f52f88e2731062663ac53b26ae1fabe5544388a4e85e790baaec7f8a87cc6a857963670ea2699a62723a155659862e48510cede24db3051361a9bbc291ed909a178ff9c981b22619cfb6ad17e5fbf1cb516a68c9cfb22732a980d52cf73b91f2ae225685ad58653f7bd8df2c4ccbff0690138a68c562060713	\\x44c7ff6cb17a8261d14fa1000b90f805fd3cd76025b8571b780cb4aff612d9d3	\\x	\\x8946e0de5fd601d5e817127095e5bacf4387b239dbac90d63d2a53cd5143012d	\\xdd44f2dd0d26edf7fd7fc8ed247ca7ecd3b1d1319c7522c3de7ed60230a75d3e	2026-11-24 16:10:55.683057+00
1	1	1	19	sha256	\N	\\x167ec0e637c588f7e1f0ec8365af6bbe47ba20bafd419a4f3e38ab7a5100bf51	\\xc500f86e3ef718222a2133ec32ea5ebbebc97173eb1aac094c199f87a8d4007f	\\x	\\xdf29f759bb8ddfe61d2c0d9dca98553290c689a0fa950a3f06fea2c91fb47641	2026-11-24 16:10:52.087629+00
1	2	20	37	sm3	\\xb66e19a063630d7578f39bf82f79f0955d9637a717188c096e77b13513dd964c746d76db7086581de049f46735b1eaca580192f4069920a9fc4b02d7096ffe04da481eb2dca590dca6540af2e36200164d4a68a50bdac5bd4ad901c6a9de2b7137b5f1ffbb81c212434ec5cf0f4cab004332886555898460426ca5182518a8779d7b98791cdc1e8b0c0a5854d6e3aea56068651c6589715635f7a69e2c763c9e5366253508505284b0b6442e7dad36cc3aa613e2adba235e98c08552944e2a5d5a4f2b65e8db7a4a76a5d7ecbac3a6b7ee2e276bbde0018eea6990af84b2f26e2ebdebfec9d1fc59ea62a5813de3693d29045ac0f74c1998066ea5a7dc2fd7f00a281adb054a83e13645c2aafc5dda35b0a35aa1f16b3f89aaa00577ea1c564e2f79b1fd63c2f0b6ac6484b83a14f7e496a65c7873d4d4702280062cb053b09600b4fca3f1790fe7c536a3ea740770e8a39dd05581a1264aa2adb318fb2b42adf50996937ad38be115fa6996d295127f7ab1d4f571cc1bfb9a79c53437e9536a5b24ca966facb42e497c18e9f9f52af498587694208e77763423290883b7a303ac270175278a6ea5ef8cbc30f3472a8a21e0f8856f5c60cf2d3d39f68a241f2f22a99aea85cf7cdae80ccc6555fe8e48067a4eaa3dcd4e93ec119e7341434138e96bd8c3aad8cf515ba24eb46030b5c744b415b65300447128d6955caedafae5a5d631f56c0b6a8057d4fb27811d2e037a4f1e232fef3cdcb9f3ad0a993ec1c8a4ed958c42243bfef7b7d983401ba233c90c538af093c4ac5122db4370901dcd	\\x27874a5296bc661fcfe0227e0ccb63b1240ee3ac45e80257ae5c4b6b6e517a88	\\x129899f3e222748f3d0d811c06d3b292fa4ba5954d3f5683198069412a620f9e	\\xdf29f759bb8ddfe61d2c0d9dca98553290c689a0fa950a3f06fea2c91fb47641	\\xa04d4434587609f2e9a2db7334f1c14763f58d94570f8c384fcfa74ee55ff654	2026-11-24 16:10:55.651615+00
2	1	1	18	sha256	\N	\\xd575492a7dd23e684a339d50977d961e70bcce6bb7fffe3c4446fe92bab5bc24	\\x0a9c83b978f41271be7f7a2354f6ab7d6bc4a24ef4965ab32fcddfc8238de0c1	\\x	\\x3abb13750957f8e2557e7b5f2189204c5dfb4f0b33d593e335dc3fc91aef9d56	2026-11-24 16:10:52.091876+00
2	2	19	42	sm3	\\x0b6d78868111f41c1442c6b6a92376874bff105558fac6d1b0e2695a6a588dfea1c5d996a5f85a180c5d065e80aa5437e10c4441a769336e1567aed61e251d32f7cbe256d0c0640cfda65fc8affbdcb16bf0b616e29a31da6b9b28b0cfcdbd040f5b158171641d5d4debbd2d85e2e8a5cecb4ea12162d968adb805ee230226fc7e163e29bae84501038a815b34a5bf8d95d9ae62571b8040f68991c3b50138f4dce9eacd2de8e1226ad4390c0ced1676a202471216284d0163197d7f34d8eca97994f467c52c526160b766dab186b6deaa4ba134a70e9256c320e1c88da36c54dc7c08d6cb569788f8752408bc49fcc0af4824322acbbd02d8f44224677a8a3233baa09311aa2b5e7a566d028bee80d0ed802f5e7c82a7b7c6c0157d2b43ceb4fffcfab5176219927ea7b9a484f88d987b19ddaca5c2c8a5c6e1ea12a212daa90ec4e8c8c7c1b2c98e76013568ba844dca35ed81e31ac494900236d3d3365e962d654443326c36e5f86a2450ff30ac1076112972560450a393909bf71204437aec84d50b61591690dc2501e1e9c2ab49a25df6a5f9dedf2cfb6657d21013ba6c4e0b2086362e35950fea0b0d2924bbd73115f35d8898b3e93561cf1ce9e74115772659c6e536b9a396783f571c3ab484c286393138372cbf92e422c09f8429528b4242dcec1ffcc3a26edb5656240f557669c37ea61f862a0deffbc4032794b7eabc99e4542e8c4aead54260412cc7f5487687180bc342ae4f70d7a33071436b725e0c8e08febc8c49072c240def56b5b4242d7dc65b1efd8c7a2fa0468fc5cc45e76d18dccf23508996727e838a50463e7aa112b76b57396f9f92b32643807419a6f47b12dc5502c58af49ec9c41d7161d38dcfc41d3ab4db8405cdd6079567ab8fef7fac8c03723514aa70c9ea3426f5c2244e126c202605ad6b9b156b9fd2a9004ed752e755093f3beaaa28223cd12b2580161f9a0532514359cf685333328bab8ed351ca72f5c88bd317075aba6ee0c6502bc5b713b2c7b2df0e3d0f7c56041690218c7c5b237edd43219a6a60b5069ace043fd02f265e9bad6e7da1a465	\\x481dba01be5a19c5d9d5e8d554c7b04df0fcdcb2c1e88ff0e6e53eb4bf5d753c	\\xe27cbd5b7744b1a312fac7f057f7240997bbca6864ae4c6873d5c27bd274071a	\\x3abb13750957f8e2557e7b5f2189204c5dfb4f0b33d593e335dc3fc91aef9d56	\\x4f73f2e8928d070ad04c6303f7585abe6542e40166ab900f71b957df5d0cba93	2026-11-24 16:10:55.662056+00
3	1	1	29	sha256	\N	\\x5889041cfc333fd35a1052224c87efee865293405bf7e2f8194b082715832021	\\x35caab79d3a7f85544e58fe7c3e1aecff861753d2b8b2f611a1ee48671427ce6	\\x	\\x52175cd08acb738d984d1592ecca29ffae66a7de65b1183c1b70bc5ff5f7f101	2026-11-24 16:10:52.095942+00
3	2	30	58	sm3	\\x493a1fe74f8c4a9018f85404555dbebc234293e0e1fe8f20f2f7a3ad9ff23e42816adb6e3567f1d1944465023ebe1fba06ac03aeecc0a114a19e25db7981745225c461a3a71153ea0ed2a4d897c401a391a99152dce90c387f50adcebbb4e0e72d5918dde45dd5d42ab6975baae6f378a6ed615403671ff5259fa74adacb41722a797afe2901191039379fcd2541feab6a6fb290c9d15d0332aec5f67e64f8863a92a8deebe97ee2cb3b7b4d9bed999a3a44b6cf14a6752831e5834c0e78d4b8ed2cb40f950ec2ec8b022f41d30ac698a93e40e04a0dd08d8d91a970abc8895cd42bccdd8a62e7329718d0bbd92478d9970fe234dc17abdb5699eff664bc9dd472ef56555800911dc0755aa80491fa5dc49bb1d04db323126b3e29879c2bb81f1778abed50506f1f00508850ede4b9188acbab5854081775a8172c481115eb8e041398fb4c7fab2d861f851ee78924f7f403fca497737bcfad7e26538d3c93ed7dfdc6b8e31513439e1c8cb0c72afb8754ff4ffb949f475991182f7993855e6909d3cb44ed5533807d55cc58f59607bf425da2efa3a9cb518202790d6e4ce5a01451d75c499d38500d944aea412148e232a03348bbf525f25fb857296adc7ab3f453d80b03bbcf628bce645c4c268192a181aa543c421b63b536434b2d85202b955f762f21cecc2b916ed2bc232d3c8e3734c61268fa148eb8feab8687292d4924c53234052ca63a46a178a95732b0dc7dfdec8fd5e6916ebc96f90b89364f70abf62b48649ea008279864cc787eec2a46e9ebb7afcc61440ad12603daadfd7aa8fa464c8ff8b769d4b4b2e197ff270a1ffb90d65052bccefac6e932b9261d0fa92d7abec17711fcb76b38eea7c708712e8f59b571217fb09cbea22325da8dd454e83f81d30a8cf47bf9b388ec793bae21f2dc7873d76e36386169eb028629c1c1df79286ee8838b4a4de20010bb4895af66b151173ebfd254e6ad1a50f27b9927337350ff80a25be64851b17f04cecadfe4f367581f1f806932d52815bdeae187b5f7e7760f406a757862a8e082172289ebe5b8187763efa76282c253c692d2f584fbc31d523ce87825e0a7f07d07db4c84f784c719ae865384bafb5b3d2008f46a4bf97e38cdccce8f1021d4ecbd3eec3f5a111b207756f400feb3d3da6db3bc37309fc46c04d4328f7ec3f148b73a8444a2662f3cff94d09c9d465ec484fb00685f1e0ed911f6ef8de27cf004422b33b5cac1a2d3977a6e430b35882ec2330fa5c8f940ee3033a364ce4e6b0d6b80e04db92bd8f69e87aeb0df95a35aa478	\\xbae9a9ec9b23682111ec71e2b005281734aaab03b5342823f7e70aa3ad6e3d86	\\x6ed7c0340aa22b959f7be3ca2df97ba267c30f22d56e7cc8d9bf2a00d8a0bff7	\\x52175cd08acb738d984d1592ecca29ffae66a7de65b1183c1b70bc5ff5f7f101	\\x155869dbe128e5af50e7b8dc66abba1e92de5d93637d885873ba922c6d264bd6	2026-11-24 16:10:55.666861+00
4	1	1	22	sha256	\N	\\xe40c86f0355e1fa3815216860c5e8d340a69f6e93bc0e37a68bd1e2ab5c7edd2	\\x94cb76847b432acada46edadb5b1e6c479896e5cf2fa75ba5f935d885b5dd764	\\x	\\xd8189ef3fcf2756c5379e6bf15dcbe0c0ef80d69f51e063a5fbb5db7b37f887a	2026-11-24 16:10:52.098363+00
4	2	23	38	sm3	\\x772e6ec3515b8d3ee3401d205ba1cc58ae37746116b0f7ed7bc060041b977418343366b2c11df1dd2605c3ae04c25d2394c7b3b52b22819463ce74c6fd5e60e76eb5600c1db8bbd916acf00f84555447b90d51b8c1f724149e79c6a16de0b0f75e96540c0e76ffbcc976dec372ed7a08b00abbb30602c44a2c0a0f00eefe5f2edf286b89876eb3fa0a5b3639ac56c3961c02faa98b56fa0adabeb7163383e94bb484166c2f95e249e3d73107fc39e6f9d95a0cef07c660c3e01e0ecdd5b1589195ec136b8c53db935305b8b5681ccf48e9ec03ee37e46b272f098491e29d2ea2ed7069ad2ed6a8dcabdbbeb33140845232713e7b90e4f2273be759eada4be45c588872665ad8ac85885b3e133536859be7a3f3e214133a7a8800278746387c68e908ce2f091c597cc1e89220556274c8732cd3c6a51d4fd07517567baab51d064d61ca8aff7303067ed70cb4fdc5652229859d210a36026c5446cbaa02c9cd06b9d1eb097e5aea333e096705aaf0774223a6f75556a916987d12ee56f576678dc2cb9d3a4f5be0157765e30234a591dcaf924ecc48f4aedc17c24e49987d225de040768dc114cc7acbe15fd9f57b05661f7cb0fcb781fdd24ac85dd26b8c0cf2668d3669e6a2405d61f5f8b92313729b0797f019aa881c6afa1aafd3454b78a7280cc72ee68d8bb747bf1b08b7b0070acf50515be5a4b6a4a89bf574ed7e9a03	\\x656bf913f037ee5f1923a7d868c7e34fa09e037248eb6b90f994aa5a7ae4e74a	\\xe85105ef548a0e97211238d69f26ade07ffcfc5cbb699930b80814d332b4c5be	\\xd8189ef3fcf2756c5379e6bf15dcbe0c0ef80d69f51e063a5fbb5db7b37f887a	\\x630385947dbf5997ad04aedd787f1e1837947f823bc354867e7d9c218e490862	2026-11-24 16:10:55.671495+00
5	1	1	25	sha256	\N	\\x3df6bbd5a4626d97d1750cee72729823adfaa0a813062c6c9cef64ff778bd333	\\xa64dab0828f906262a05d2385b76a2376b23975114cc3f4fe57b5fc75a43419b	\\x	\\xfa6583c76556af8a8f3a7d5d5e5baddb5e95fa748d1a969fad11c433650cb9f5	2026-11-24 16:10:52.100525+00
5	2	26	46	sm3	\\xeae15ecca4b2af9a9d5ce86533fcb7c445a626f040f909f4b6e3ddd2e4d685a2701e1def79d2ae0171dd13c555e9712c334152de8382dd0423168de73c89586036f216d77a88644822946efef1d41e8f00a26207cff2b2ed55295b9967481c5adea9196171ae07667000033fc5ab0c20d3cd3ae12c3c135b12fb043c03ff1b4e3e6ecb48713d3cf93072d8d25305e07eebb4b9d38b0e82f70d25032b83b3821288b0804eaa63cb3fd976e73f4e77983c2869f6d7f0e1deeccf7626e535b598541edd439f25b6ab34a468c4ea055de285da008287172c3cd53995cff2deeb9dd170d23af31222367eead161478fe5223e8e4f79dac1975573e901c11e54895741c63dd0fe18128ca83e99bd3c6eb53d47af26c8c453d95cf5f591aeed3be93d89ec30a924ec01eee84bb2910fe8e1e834ca5d71ecc412abfa7cd489e6422db6044014e3c43cb4c255295da9c46279f65d478d075be872a8512fd7dce72cf2821c525dffe3097c6c64578e6f5ebd94d99f5399560046df01b4962bca4466a212d1b6a61784bbe043f6daa5d49b49a39c92ccd3fb5ab827875a037994cdb239a0ccf4d0bbaeb5b9739a3dcdfb74d315c145120b6159c2aa8800228a1f45a50f4ed67c8602e5cbc110bd40e0dfaf1520fcb500476c70bd0cb24bc9f66c84c9e0a21ac2aeb959629c741eab5c84aff1ae1262ba1de8618a159f381a8c0b6e912d6511126eb988edaa0c9bd7dd3f6845f1ddb9a526177d0f912932d85461942e3dea11badc33669709e6f23fda468ba0fdcede0cc53ed7c6ed16fd2f4cc4137c23f31c9e455d202b14afc49cc655c939ed5b0b6c613d7b66118d35ed8be5ac2905b2a832b68f85267c45a21ef355ee874fc231ff32a47814c500aaa2833b4022066a2358f835d7f43c4563b93f7019b1ddd7667209f10e3bc47617b269444a4f8481af	\\xd93d1d846ba3b6154b2ba32c7ad03fcc33ed72bfa66871c53939bdcb0208b6ff	\\xe467e24e8018a63efa35e49db04be32961e0ffa90862ac3d565e8004bfb07df9	\\xfa6583c76556af8a8f3a7d5d5e5baddb5e95fa748d1a969fad11c433650cb9f5	\\x678124e263ad38128cdb78855689e5034a2622f193398491ec0421792e28d6c4	2026-11-24 16:10:55.675382+00
7	1	1	2	sm3	\\x309995af3440c302e2e0fc4466bd7d7b375b551b4d8b6c438b21390f261b9171c4446cc9f32e11c5da0c63059296a199b203a1b61038c6c40590d824229ab47e	\\xd0274714ad7c96c88b49dc22d76d3951420712dc8d083b128b4ea127f385c6fa	\\x747472960d188a6bfb8564186c4a53f3f27d903a4521348d7b96b5bf767d74c7	\\x	\\xc4015bfcc76bcc24ae5b56535fb0dbd7a64183c554a5ba67b40d01cd892ce410	2026-11-24 16:10:55.679882+00
\.

COPY ledger.chart (book_id, since, chart, actor, recorded_at) FROM stdin;
2	2025-04-01	cas25-2020	chief	2026-11-24 16:10:52.880358+00
\.

COPY product.contract (contract_id, product, currency, loan_id, parties, amounts, facts) FROM stdin;
G-001	guarantee	CNY	L-001	{"bank": "River bank", "insurer": "River mutual", "guarantor": "River guarantee", "government": "Bureau of the river"}	{"guaranteed": 240000000}	{"loan": "L-001"}
L-001	loan	CNY	L-001	{"bank": "River bank", "insurer": "River mutual", "guarantor": "River guarantee", "government": "Bureau of the river"}	{"approved": 300000000}	{"scheme": "example-four-party", "insured": "yes", "borrower": "Reed boats"}
POOL	pool	CNY	\N	{"government": "Bureau of the river"}	{"funding": 500000000}	{"scheme": "example-four-party"}
\.

COPY product.event (event_id, kind, contract_id, effective_on, booked_on, amounts, facts, digest, import_no, actor, seq, recorded_at) FROM stdin;
G-001:compensated:2025-06-20	guarantee.compensated	G-001	2025-06-20	2025-06-20	{"paid": 81600000}	{}	\\x856db4353ad49a44dd3dd16d7ae42582adc8d3b906c571012ddd35473a938eaa	\N	office	6	2026-11-24 16:10:54.277496+00
G-001:issued:2025-01-06	guarantee.issued	G-001	2025-01-06	2025-01-06	{"guaranteed": 240000000}	{"loan": "L-001", "guarantor": "River guarantee"}	\\x0febf8901220314bcc047a957304de37870f59519fc55e24342ed129d0fc87ed	\N	office	4	2026-11-24 16:10:51.716983+00
L-001:default_declared:2025-06-01	loan.default_declared	L-001	2025-06-01	2025-06-01	{"interest": 2000000, "principal": 100000001}	{}	\\x41a47835b7f501f7bba25ff5e2f1d6a1eeee3cb0f18fb31f91d6091eee0ea4cd	\N	office	5	2026-11-24 16:10:53.458411+00
L-001:disbursed:2025-01-06	loan.disbursed	L-001	2025-01-06	2025-01-06	{"principal": 300000000}	{}	\\x1f93c9f62af62718b83339aa1cf7fca04456653a0d7f19055a0e3665bef826ab	\N	office	3	2026-11-24 16:10:50.979547+00
L-001:registered:2025-01-05	loan.registered	L-001	2025-01-05	2025-01-05	{"approved": 300000000}	{"bank": "River bank", "scheme": "example-four-party", "insured": "yes", "insurer": "River mutual", "borrower": "Reed boats", "guarantor": "River guarantee", "government": "Bureau of the river"}	\\xd61bf64a720b014cc8d0a130828ad053669943dfd1e015040071ba25701bdcad	\N	office	2	2026-11-24 16:10:50.39025+00
POOL:funded:2025-01-02	pool.funded	POOL	2025-01-02	2025-01-02	{"funding": 500000000}	{"scheme": "example-four-party", "government": "Bureau of the river"}	\\x19b71b509c1460a7bf404f39ace927b943b1ae129abcec52fca35919bdc84923	\N	office	1	2026-11-24 16:10:49.639014+00
\.

COPY share.scheme (scheme_id, seq, currency, digest, document, actor, adopted_at) FROM stdin;
example-four-party	1	CNY	aae824c5e515117e0371d4ef76defffb836c8f6c64a0e94e07613978cd73254f	# An example of the four-party model 政府+银行+担保+保险. All shares are made up; no agreement is quoted.\n# The county raises its pool from 30 % to 35 % in July 2025: a new version, and no code.\n\nid         = "example-four-party"\ntitle      = { zh = "政府、银行、担保、保险四方分险（示例）", en = "Four parties: government, bank, guarantor, insurer (example)" }\ncurrency   = "CNY"\nstatus     = "example"\napplies_by = "registered_on"\n\n[[version]]\neffective   = 2023-01-01\nsource      = "an example; no published agreement"\nyear_by     = "compensated_on"\nlate        = "append"\ndecided     = "period"\nlimit_basis = "current"\nrounding    = { scope = "cumulative", method = "largest_remainder" }\n\n[version.loss]\non        = "compensation"\ncounts    = ["principal", "interest"]\nuncounted = "bank"\nadvance   = "guarantor"\n\n[version.recovery]\ncosts      = "first"\nreinstates = "no"\n\n[[version.clause]]\nname    = "loss"\narticle = "4"\nchoose  = { by = "insured", yes = "insured_split", no = "plain_split" }\n\n[[version.clause]]\nname    = "insured_split"\narticle = "5(1)"\nshare   = { bank = "20%", guarantor = "40%", insurer = "10%", pool = "rest" }\n\n[[version.clause]]\nname    = "plain_split"\narticle = "5(2)"\nshare   = { bank = "20%", guarantor = "50%", pool = "rest" }\n\n[[version.clause]]\nname    = "pool"\narticle = "6"\nlayer   = { per = "scheme-year", limit = "pool_funding", first = "government", then = "guarantor" }\n\n[[version.clause]]\nname    = "recovery"\narticle = "9"\nfollow  = { borne = "loss", by = "paid_share", per = "loan", then = "debtor" }\n\n[[version]]\neffective   = 2024-07-01\nsource      = "an example; no published agreement"\nyear_by     = "compensated_on"\nlate        = "append"\ndecided     = "period"\nlimit_basis = "current"\nrounding    = { scope = "cumulative", method = "largest_remainder" }\n\n[version.loss]\non        = "compensation"\ncounts    = ["principal", "interest"]\nuncounted = "bank"\nadvance   = "guarantor"\n\n[version.recovery]\ncosts      = "first"\nreinstates = "no"\n\n[[version.clause]]\nname    = "loss"\narticle = "4"\nchoose  = { by = "insured", yes = "insured_split", no = "plain_split" }\n\n[[version.clause]]\nname    = "insured_split"\narticle = "5(1)"\nshare   = { bank = "20%", guarantor = "35%", insurer = "10%", pool = "rest" }\n\n[[version.clause]]\nname    = "plain_split"\narticle = "5(2)"\nshare   = { bank = "20%", guarantor = "45%", pool = "rest" }\n\n[[version.clause]]\nname    = "pool"\narticle = "6"\nlayer   = { per = "scheme-year", limit = "pool_funding", first = "government", then = "guarantor" }\n\n[[version.clause]]\nname    = "recovery"\narticle = "9"\nfollow  = { borne = "loss", by = "paid_share", per = "loan", then = "debtor" }\n	office	2026-11-24 16:10:49.056536+00
\.

COPY share.fact (event_id, scheme_id, kind, effective, year, loan_id, key_on, filing, booked_on, amount, measures, attributes) FROM stdin;
G-001:compensated:2025-06-20	example-four-party	loss	2024-07-01	2025	L-001	2025-06-20	0	2025-06-20	102000001	{"paid": 81600000, "costs": 0, "penalty": 0, "approved": 300000000, "interest": 0, "principal": 0, "guaranteed": 0, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "River bank", "loan": "L-001", "payer": "guarantor", "scheme": "example-four-party", "insured": "yes", "insurer": "River mutual", "borrower": "Reed boats", "guarantor": "River guarantee", "government": "Bureau of the river"}
G-001:compensated:2025-06-20	example-four-party	paid	2024-07-01	2025	L-001	2025-06-20	0	2025-06-20	81600000	{"paid": 81600000, "costs": 0, "penalty": 0, "approved": 300000000, "interest": 0, "principal": 0, "guaranteed": 0, "other_support": 0, "overdue_interest": 0, "compound_interest": 0}	{"bank": "River bank", "loan": "L-001", "payer": "guarantor", "scheme": "example-four-party", "insured": "yes", "insurer": "River mutual", "borrower": "Reed boats", "guarantor": "River guarantee", "government": "Bureau of the river"}
\.

COPY share.close (close_no, period_id, cut_off_on, facts, facts_hash, terms_digest, result_hash, engine, actor, closed_at) FROM stdin;
1	20251	2025-03-31	0	0000000000000000000000000000000000000000000000000000000000000000	4fce7a8fa4f70bc8d37ee06e8e72672f5a6c13acebd42023ff1000a5b4ebd79e	0000000000000000000000000000000000000000000000000000000000000000	gongji-1	office	2026-11-24 16:10:52.68216+00
2	20252	2025-06-30	2	3980341f5a78cad53b91ca227f58d3b721b186f61663c33ba1c1e6dd652b7a37	4fce7a8fa4f70bc8d37ee06e8e72672f5a6c13acebd42023ff1000a5b4ebd79e	e92a74aefa02b210c4a3c47df716e0659f0b005fd2d9245f17e905f107518f45	gongji-1	office	2026-11-24 16:10:55.519517+00
\.

COPY share.bearing (scheme_id, year, period_id, event_id, kind, loan_id, role, party, amount) FROM stdin;
example-four-party	2025	20252	G-001:compensated:2025-06-20	loss	L-001	bank	River bank	20400000
example-four-party	2025	20252	G-001:compensated:2025-06-20	loss	L-001	government	Bureau of the river	35700000
example-four-party	2025	20252	G-001:compensated:2025-06-20	loss	L-001	guarantor	River guarantee	35700001
example-four-party	2025	20252	G-001:compensated:2025-06-20	loss	L-001	insurer	River mutual	10200000
\.

COPY share.owing (scheme_id, year, period_id, kind, loan_id, debtor_role, creditor_role, amount) FROM stdin;
example-four-party	2025	20252	loss	L-001	government	guarantor	35700000
example-four-party	2025	20252	loss	L-001	guarantor	bank	1
example-four-party	2025	20252	loss	L-001	insurer	guarantor	10200000
\.

COPY share.instruction (instruction_id, period_id, payer, payee, currency, gross_owed, gross_offset, net, paid_on, recorded_at) FROM stdin;
settle/2025Q1/2025-04-01/River guarantee/River bank/CNY	20251	River guarantee	River bank	CNY	81610001	0	81610001	2025-04-01	2026-11-24 16:10:52.717202+00
settle/2025Q1/2025-04-01/River guarantee/River insurer/CNY	20251	River guarantee	River insurer	CNY	10003	0	10003	2025-04-01	2026-11-24 16:10:52.717337+00
settle/2025Q1/2025-04-01/River insurer/River bank/CNY	20251	River insurer	River bank	CNY	2333	111	2222	2025-04-01	2026-11-24 16:10:52.717332+00
settle/2025Q1/2025-04-01/River re-guarantee/River guarantee/CNY	20251	River re-guarantee	River guarantee	CNY	7001	333	6668	2025-04-01	2026-11-24 16:10:52.71734+00
settle/2025Q2/2025-07-01/Bureau of the river/River guarantee/CNY	20252	Bureau of the river	River guarantee	CNY	35700000	10004	35689996	2025-07-01	2026-11-24 16:10:55.530545+00
settle/2025Q2/2025-07-01/River bank/River guarantee/CNY	20252	River bank	River guarantee	CNY	81610001	1	81610000	2025-07-01	2026-11-24 16:10:55.530593+00
settle/2025Q2/2025-07-01/River guarantee/River re-guarantee/CNY	20252	River guarantee	River re-guarantee	CNY	37008	7003	30005	2025-07-01	2026-11-24 16:10:55.530602+00
settle/2025Q2/2025-07-01/River insurer/Bureau of the river/CNY	20252	River insurer	Bureau of the river	CNY	10005	0	10005	2025-07-01	2026-11-24 16:10:55.530587+00
settle/2025Q2/2025-07-01/River insurer/River bank/CNY	20252	River insurer	River bank	CNY	2334	2333	1	2025-07-01	2026-11-24 16:10:55.530596+00
settle/2025Q2/2025-07-01/River insurer/River guarantee/CNY	20252	River insurer	River guarantee	CNY	10003	0	10003	2025-07-01	2026-11-24 16:10:55.530598+00
settle/2025Q2/2025-07-01/River mutual/River guarantee/CNY	20252	River mutual	River guarantee	CNY	10200000	0	10200000	2025-07-01	2026-11-24 16:10:55.5306+00
settle/2025Q2/2025-07-01/River re-guarantee/Bureau of the river/CNY	20252	River re-guarantee	Bureau of the river	CNY	10002	0	10002	2025-07-01	2026-11-24 16:10:55.530591+00
\.

COPY share.settled (obligation_id, instruction_id) FROM stdin;
14b91c79-dae9-4554-ac9c-ce6f889263ce	settle/2025Q2/2025-07-01/River insurer/Bureau of the river/CNY
24bd4820-4652-462d-ae48-39a13ed7e666	settle/2025Q1/2025-04-01/River re-guarantee/River guarantee/CNY
2c9a7f10-5d3e-4b61-8a02-7e1f3d5c9b04	settle/2025Q1/2025-04-01/River guarantee/River bank/CNY
54106037-6c5e-4578-b54f-9b96b2a7a18a	settle/2025Q2/2025-07-01/River insurer/River bank/CNY
57f6129b-6990-e4d1-ca2c-1126b4644c7b	settle/2025Q1/2025-04-01/River guarantee/River insurer/CNY
69b1dcbf-f843-4db8-b96b-a83ad798c9cf	settle/2025Q2/2025-07-01/River insurer/River guarantee/CNY
6f9fb997-735c-476b-8c8a-18b2aaac3142	settle/2025Q1/2025-04-01/River guarantee/River bank/CNY
874e23dd-8620-4dcd-5fe8-9ab7b4758d5c	settle/2025Q2/2025-07-01/River bank/River guarantee/CNY
89e6156b-5967-4bd6-95be-4da08a92250d	settle/2025Q2/2025-07-01/River guarantee/River re-guarantee/CNY
8f062267-2d6b-8484-493e-db503dfe9876	settle/2025Q1/2025-04-01/River re-guarantee/River guarantee/CNY
8fb5deee-0416-1e6f-2bbb-c63366a48487	settle/2025Q2/2025-07-01/River bank/River guarantee/CNY
bdb15ab2-ff28-5903-60a3-70552f23cfa2	settle/2025Q2/2025-07-01/River bank/River guarantee/CNY
c9ea3210-e5df-4f0a-8255-ca4fb9e93d52	settle/2025Q2/2025-07-01/River guarantee/River re-guarantee/CNY
cdcb6af9-806a-9e57-0842-e2c5d691c91e	settle/2025Q2/2025-07-01/River insurer/River bank/CNY
cee36ea3-ee54-4e44-f95a-61492c090fdd	settle/2025Q2/2025-07-01/River mutual/River guarantee/CNY
d1542c8b-ca37-2f84-6570-c339af9d43d1	settle/2025Q1/2025-04-01/River insurer/River bank/CNY
d167533a-4d19-49a0-bf21-682208208d09	settle/2025Q2/2025-07-01/Bureau of the river/River guarantee/CNY
d814d575-531e-456c-95a4-d257a7298c66	settle/2025Q2/2025-07-01/River re-guarantee/Bureau of the river/CNY
dd68f201-2daf-44c1-8598-6adb9e044706	settle/2025Q1/2025-04-01/River insurer/River bank/CNY
e9b7ea61-5fc9-4ba4-b210-8d619136580b	settle/2025Q2/2025-07-01/River guarantee/River re-guarantee/CNY
eca0eef7-8a2d-8f83-408a-c02b7fac86c2	settle/2025Q2/2025-07-01/Bureau of the river/River guarantee/CNY
fe92e521-e050-478a-e164-c1708d8e3761	settle/2025Q2/2025-07-01/River guarantee/River re-guarantee/CNY
\.
SELECT pg_catalog.setval('ledger.account_account_id_seq', 70, true);
SELECT pg_catalog.setval('ledger.authority_authority_no_seq', 2, true);
SELECT pg_catalog.setval('ledger.book_book_id_seq', 7, true);
SELECT pg_catalog.setval('ledger.proposal_proposal_no_seq', 2, true);
SELECT pg_catalog.setval('product.event_seq_seq', 6, true);
SELECT pg_catalog.setval('product.import_run_import_no_seq', 1, false);
SELECT pg_catalog.setval('share.close_close_no_seq', 2, true);
SELECT pg_catalog.setval('share.scheme_seq_seq', 1, true);
