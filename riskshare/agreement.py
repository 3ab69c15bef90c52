"""A version of a scheme in sentences, Chinese and English: what every term says, in the order of the agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from riskshare.terms import (
    FIXED,
    IN_ORDER,
    KINDS,
    NET_LOSS,
    REFUSED,
    Bound,
    Choose,
    Clause,
    FeeReductionTerms,
    Follow,
    Fuse,
    Layer,
    LossTerms,
    RecoveryTerms,
    Scheme,
    Share,
    Tariff,
    Version,
    reachable,
)
from riskshare.wording import (
    KIND_WORDS,
    MEASURE_WORDS,
    Said,
    amount,
    article,
    attachment,
    attribute,
    band,
    chosen_by,
    condition,
    currency_word,
    date_word,
    destination,
    limit,
    listed,
    measure,
    money,
    percent,
    role,
    scope,
    scope_noun,
    smallest_unit,
    threshold,
)

STATUS: Mapping[str, Said] = {
    "found": Said("数字来自公开文件", "published figures"),
    "unconfirmed": Said("数字尚未核实", "not yet confirmed"),
    "example": Said("虚构示例", "a made-up example"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading and what is said under it. `about` is "terms", "clause" or "fuse"; terms have no article."""

    about: str
    name: str
    article: str
    head: Said
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A version read aloud: its clauses by name, and for each the kinds of fact that come to it."""

    version: Version
    currency: str
    kinds: Mapping[str, frozenset[str]]

    def to(self, clause: str, target: str) -> Said:
        return destination(target, self.version, self.kinds[clause])

    def subject(self, clause: Clause) -> Said:
        """What a clause shares out."""
        came = Said("进入本条的金额", "the amount that comes to this clause")
        return KIND_WORDS.get(clause.name, came) if clause.name in KINDS else came

    def amount(self, text: str) -> Said:
        return amount(text, self.version, self.currency)


def read(version: Version, currency: str) -> Reading:
    """A version with what its sentences need to know."""
    kinds = {kind: reachable(version.clauses, kind) for kind in KINDS}
    coming = {
        clause.name: frozenset(kind for kind, names in kinds.items() if clause.name in names)
        for clause in version.clauses
    }
    return Reading(version, currency, coming)


def heading(scheme: Scheme) -> tuple[Said, ...]:
    """What the whole document says: its name, how far its figures can be trusted, its currency, which version applies."""
    status = STATUS.get(scheme.status, Said(scheme.status, scheme.status))
    chooses, currency = date_word(scheme.applies_by), currency_word(scheme.currency)
    return (
        Said(scheme.title.get("zh", scheme.id), scheme.title.get("en", scheme.id)),
        Said(f"编号 {scheme.id}，{status.zh}。", f"Id {scheme.id}: {status.en}."),
        Said(
            f"金额以{currency.zh}计，每份合同适用其{chooses.zh}当日施行的版本。",
            f"Amounts are in {currency.en}. A contract falls under the version in force on {chooses.en}.",
        ),
    )


def agreement(version: Version, currency: str) -> tuple[Passage, ...]:
    """Every term of a version in sentences."""
    reading = read(version, currency)
    return (
        _terms("dates", Said("施行", "In force"), _dates(version)),
        _terms("parties", Said("当事人", "Parties"), _parties(version)),
        _terms("definitions", Said("数据与事项", "Figures and details"), _definitions(reading)),
        *(_clause(reading, clause) for clause in version.clauses),
        *(_fuse(reading, fuse) for fuse in version.fuses),
        _terms("working", Said("核算", "Working out"), _working(reading)),
    )


def _terms(name: str, head: Said, said: Iterator[Said]) -> Passage:
    return Passage("terms", name, "", head, tuple(said))


def _clause(reading: Reading, clause: Clause) -> Passage:
    place = article(clause.article)
    said = (*_entry(reading, clause.name), *_says(reading, clause))
    head = Said(f"{place.zh}（{clause.name}）", f"{place.en} ({clause.name})")
    return Passage("clause", clause.name, clause.article, head, said)


# What stands before and after the clauses.


def _dates(version: Version) -> Iterator[Said]:
    if version.until:
        yield Said(
            f"自{version.effective}起施行，至{version.until}（含当日）止。",
            f"In force from {version.effective} until {version.until}, that day included.",
        )
    else:
        yield Said(
            f"自{version.effective}起施行，至下一版本施行为止。",
            f"In force from {version.effective} until another version takes effect.",
        )
    source = version.source.rstrip(".。")
    yield Said(f"依据：{source}。", f"Source: {source}.")
    yield Said(f"本版摘要 {version.digest[:16]}。", f"Digest of this version: {version.digest[:16]}.")


def _parties(version: Version) -> Iterator[Said]:
    if version.roles:
        said = listed(role(name) for name in version.roles)
        yield Said(f"涉及{said.zh}。", f"The parties are {said.en}.")
    for name, party in version.parties.items():
        who = role(name)
        yield Said(f"{who.zh}为{party}。", f"{_upper(who.en)} is {party}.")
    for name, like in version.books_as.items():
        who, as_who = role(name), role(like)
        yield Said(f"{who.zh}的账务比照{as_who.zh}处理。", f"{_upper(who.en)} keeps its books like {as_who.en}.")


def _definitions(reading: Reading) -> Iterator[Said]:
    version = reading.version
    for name, meaning in version.declared.items():
        yield Said(f"“{name}”指：{meaning}。", f"{name} means: {meaning}.")
    for name, stated in version.amounts.items():
        said = reading.amount(stated.text)
        yield Said(f"“{name}”为{said.zh}。", f"{name} is {said.en}.")
    if version.maximum is not None:
        most = money(version.maximum, reading.currency)
        yield Said(
            f"单笔金额不得超过{most.zh}，超过的不予受理。", f"No single fact may exceed {most.en}; it is refused."
        )
    if version.measures:
        said = listed(measure(name, version) for name in sorted(version.measures))
        yield Said(f"核算须提供的数据：{said.zh}。", f"Figures that must be given: {said.en}.")
    details = version.attributes - {fuse.name for fuse in version.fuses}  # the state of a fuse is not the fact's to say
    if details:
        said = listed(attribute(name) for name in sorted(details))
        yield Said(f"每笔须说明的事项：{said.zh}。", f"Details that each fact must state: {said.en}.")


def _working(reading: Reading) -> Iterator[Said]:
    version = reading.version
    year = date_word(version.year_by)
    yield Said(f"方案年度按{year.zh}归属。", f"A fact belongs to the scheme-year of {year.en}.")
    yield _DECIDED[version.decided]
    yield _LATE[version.late]
    yield _BASIS[version.limit_basis]
    unit = smallest_unit(reading.currency)
    yield Said(
        f"金额计至{unit.zh}；{_SCOPES[version.rounding.scope].zh}。",
        f"Amounts are worked out to the {unit.en}; {_SCOPES[version.rounding.scope].en}.",
    )
    yield _METHODS[version.rounding.method]
    if version.rounding.accepts_minus_one:
        yield Said(
            f"为使累计数准确，某一方的一笔可能为负一{unit.zh}，各方接受。",
            f"To keep the totals right a party may be given minus one {unit.en} of a fact; the parties accept this.",
        )


_DECIDED: Mapping[str, Said] = {
    "period": Said("每期结账时计算分担。", "The shares are worked out at every close of a period."),
    "year": Said(
        "年度最后一期结账时一次计算分担。", "The shares are worked out once, at the close of the year's last period."
    ),
}
_LATE: Mapping[str, Said] = {
    "append": Said(
        "迟到的事项排在未结账期间的期初，不改变已分担的结果。",
        "A late fact counts at the first instant of the open period and moves nothing that was shared before it.",
    ),
    "reopen": Said(
        "迟到的事项按其本来日期排序，其后的分担重新计算，差额在未结账期间入账。",
        "A late fact takes its own place in time; what follows is worked out again and the difference falls in the open period.",
    ),
}
_BASIS: Mapping[str, Said] = {
    "current": Said("限额和起赔点按结账时的数据计算。", "Limits and attachment points are those known at the close."),
    "at_fact": Said(
        "限额和起赔点按事项发生当日的数据计算，只增不减。",
        "Limits and attachment points are those of the day of the fact, and never fall below an earlier one.",
    ),
}
_SCOPES: Mapping[str, Said] = {
    "cumulative": Said(
        "按年度累计数划分，各笔取前后累计的差额",
        "the running total of the year is divided and each fact is given the difference",
    ),
    "event": Said("每笔单独划分", "each fact is divided alone"),
}
_METHODS: Mapping[str, Said] = {
    "largest_remainder": Said(
        "尾差按最大余数法分配：各方先取整，余下的逐一给余数最大者，余数相同的给写在前面的一方。",
        "Odd units: every exact part is cut to whole units, and those left over go one each to the largest remainders, "
        "ties to the party written first.",
    ),
    "quota": Said(
        "尾差按配额法（巴林斯基—杨）分配：累计数不回退，偏差不足一个单位。",
        "Odd units follow the quota method of Balinski and Young: a running total never falls and is never a whole unit off.",
    ),
}


# What stands at the entry of a kind of fact.


def _entry(reading: Reading, name: str) -> Iterator[Said]:
    """The terms that go with the entry clause of a kind of fact."""
    version = reading.version
    if name in version.works_out:
        yield from _worked_out(reading, name, version.works_out[name])
    if name == "loss" and version.loss:
        yield from _loss(reading, version.loss)
        yield from map(_bound, version.bounds)
    if name == "recovery" and version.recovery:
        yield from _recovery(version.recovery)
    if name == "fee_reduction" and version.fee_reduction:
        yield _fee_reduction(version.fee_reduction)


def _worked_out(reading: Reading, name: str, tariff: Tariff) -> Iterator[Said]:
    """How the amount of a fact is worked out, band by band."""
    kind, unit = KIND_WORDS[name], smallest_unit(reading.currency)
    for number, each in enumerate(tariff.amounts):
        said = reading.amount(each.text)
        zh = en = ""
        if tariff.by:
            by, when = measure(tariff.by, reading.version), Said("为其他数额", "anything else")
            if number < len(tariff.bands):
                when = band(tariff.bands[number], reading.currency)
            zh, en = f"{by.zh}{when.zh}时，", f" and {by.en} is {when.en}"
        yield Said(
            f"{kind.zh}未给出金额的，{zh}按{said.zh}计算，四舍五入至{unit.zh}。",
            f"Where no amount is given{en}, {kind.en} is {said.en}, rounded half up to the {unit.en}.",
        )


def _loss(reading: Reading, loss: LossTerms) -> Iterator[Said]:
    yield {
        "default": Said("债务人违约即为损失发生。", "A loss arises when the debtor defaults."),
        "compensation": Said("代偿即为损失发生。", "A loss arises when compensation is paid to the bank."),
    }[loss.on]
    counted, rest = listed(component(loss, name) for name in loss.counts), role(loss.uncounted)
    yield Said(
        f"损失计{counted.zh}，其余留在{rest.zh}。",
        f"The loss counts {counted.en}; whatever does not count stays with {rest.en}.",
    )
    if loss.net_of:
        off = measure(loss.net_of, reading.version)
        yield Said(
            f"计入的损失先扣除{off.zh}，扣至零为止。",
            f"{_upper(off.en)} first comes off the loss that counts, down to zero.",
        )
    if loss.advance == "none":
        yield Said("无人垫付，各方各付其所承担的部分。", "Nobody pays in advance; each pays what it bears.")
    else:
        first = role(loss.advance)
        yield Said(
            f"由{first.zh}先行代偿，再与各方结算。",
            f"{_upper(first.en)} pays the bank first and then settles with the others.",
        )
    for name, by in loss.through.items():
        who, via = role(name), role(by)
        yield Said(
            f"{who.zh}通过{via.zh}支付，追偿款也通过{via.zh}返还。",
            f"{_upper(who.en)} pays, and is paid back, through {via.en}.",
        )
    for name, (number, whole) in loss.instalments.items():
        who, part = role(name), percent(Fraction(number, whole))
        yield Said(
            f"{who.zh}先付其承担额的{part}，其余在该笔贷款结案后支付。",
            f"{_upper(who.en)} pays {part} of what it bears at once and the rest after the case of the loan is concluded.",
        )


def component(loss: LossTerms, name: str) -> Said:
    """A component that counts, with the days it counts for."""
    word = MEASURE_WORDS[name]
    days = loss.days.get(name)
    return word if days is None else Said(f"{word.zh}（最多{days}天）", f"{word.en} of up to {days} days")


def _bound(bound: Bound) -> Said:
    who = role(bound.role)
    zh, en = [], []
    if bound.least > 0:
        zh.append(f"不低于{percent(bound.least)}")
        en.append(f"at least {percent(bound.least)}")
    if bound.most < 1 or not zh:
        zh.append(f"不高于{percent(bound.most)}")
        en.append(f"at most {percent(bound.most)}")
    return Said(
        f"{who.zh}对每笔计入损失的分担比例{'、'.join(zh)}。",
        f"{_upper(who.en)} bears {' and '.join(en)} of every loss that counts.",
    )


def _recovery(recovery: RecoveryTerms) -> Iterator[Said]:
    yield {
        "first": Said("追偿费用先从追偿款中扣除。", "The costs of recovery come off the recovery before it is shared."),
        "none": Said("追偿费用不从追偿款中扣除。", "The costs of recovery do not come off the recovery."),
    }[recovery.costs]
    yield {
        "no": Said("追偿返还不恢复限额。", "A recovery gives no limit its room back."),
        "from_recovery_date": Said(
            "追偿返还自追偿之日起恢复相应限额，用于其后的事项。",
            "What comes back gives a limit its room again for later facts, from the date of the recovery.",
        ),
        "from_start": Said(
            "追偿返还恢复相应限额，此前因限额不足而未付的一并补足。",
            "What comes back gives a limit its room again for all facts, and earlier shortfalls are topped up.",
        ),
    }[recovery.reinstates]


def _fee_reduction(terms: FeeReductionTerms) -> Said:
    rate = percent(Fraction(*terms.benchmark_rate))
    return Said(
        f"降费额为基准年费率{rate}与实际费率之差，按担保金额和天数计算，一年按{terms.days_in_year}天计。",
        f"The fee reduction is the gap between the benchmark rate of {rate} a year and the rate charged, on the guaranteed "
        f"amount by days, in a year of {terms.days_in_year} days.",
    )


# The four kinds of clause.


def _says(reading: Reading, clause: Clause) -> Iterator[Said]:
    if isinstance(clause, Share):
        return _share(reading, clause)
    if isinstance(clause, Layer):
        return _layer(reading, clause)
    return _follow(reading, clause) if isinstance(clause, Follow) else _choose(reading, clause)


def _share(reading: Reading, clause: Share) -> Iterator[Said]:
    subject = reading.subject(clause)
    if clause.measured:
        parts = [
            (reading.amount(each.text), reading.to(clause.name, target))
            for each, target in zip(clause.measured, clause.targets, strict=True)
        ]
        yield Said(
            f"{subject.zh}按下列金额的比例划分："
            + "；".join(f"{each.zh}对应的部分{to.zh}" for each, to in parts)
            + "。",
            f"{_upper(subject.en)} is divided in proportion to these amounts: "
            + "; ".join(f"the part for {each.en} {to.en}" for each, to in parts)
            + ".",
        )
        return
    whole = sum(clause.weights)
    shares = [
        (percent(Fraction(weight, whole)), reading.to(clause.name, target))
        for weight, target in zip(clause.weights, clause.targets, strict=True)
    ]
    if len(shares) == 1:
        yield Said(f"{subject.zh}全部{shares[0][1].zh}。", f"All of {subject.en} {shares[0][1].en}.")
        return
    yield Said(
        f"{subject.zh}的" + "，".join(f"{part}{to.zh}" for part, to in shares) + "。",
        f"Of {subject.en}, " + _and([f"{part} {to.en}" for part, to in shares]) + ".",
    )


def _layer(reading: Reading, clause: Layer) -> Iterator[Said]:
    subject, counted = reading.subject(clause), scope(clause.per)
    first, then = reading.to(clause.name, clause.first), reading.to(clause.name, clause.then)
    attach = attachment(clause, reading.version, reading.currency)
    most = limit(clause, reading.version, reading.currency)
    head = Said(f"{subject.zh}{counted.zh}：", f"{_upper(subject.en)}, {counted.en}: ")
    yield _joined(head, _span(attach, most, first, then))
    if clause.limit is not None and clause.limit.constant == 0:
        yield Said("限额为零，即该部分分文不付。", "The limit is zero: nothing is paid under it.")
    if most or clause.order != "time":
        yield _ORDERS[clause.order]
    if clause.unit > 1:
        unit = money(clause.unit, reading.currency)
        yield Said(
            f"前一部分每笔按{unit.zh}的整数倍取整（舍去零头），零头并入后一部分。",
            f"The first part of each fact is rounded down to whole units of {unit.en}; what is cut off joins the second part.",
        )


def _span(attach: Said | None, most: Said | None, first: Said, then: Said) -> Said:
    """Between which two amounts the first part lies."""
    if attach and most:
        return Said(
            f"起赔点（{attach.zh}）以上、限额（{most.zh}）以内的部分{first.zh}；起赔点以内及超过限额的部分{then.zh}。",
            f"what lies above the attachment point ({attach.en}), up to a further limit ({most.en}), {first.en}; "
            f"what lies below the attachment point or above the limit {then.en}.",
        )
    if attach:
        return Said(
            f"起赔点（{attach.zh}）以上的部分{first.zh}，不设限额；起赔点以内的部分{then.zh}。",
            f"what lies above the attachment point ({attach.en}) {first.en}, without limit; what lies below it {then.en}.",
        )
    if most:
        return Said(
            f"限额（{most.zh}）以内的部分{first.zh}；超过限额的部分{then.zh}。",
            f"what lies within the limit ({most.en}) {first.en}; what is above {then.en}.",
        )
    return Said(
        f"不设限额，全部{first.zh}；如有其余，{then.zh}。",
        f"without limit, all of it {first.en}; any remainder {then.en}.",
    )


_ORDERS: Mapping[str, Said] = {
    "time": Said(
        "限额按先后顺序使用，先到先得。", "The limit is used up in order of time: the earlier fact comes first."
    ),
    "pro_rata": Said(
        "前一部分按各笔金额的比例分配，限额不足时同比例核减，不分先后。",
        "The first part is spread over all facts in proportion to their amounts; none comes first when the limit is short.",
    ),
}


def _follow(reading: Reading, clause: Follow) -> Iterator[Said]:
    subject, borne, where = reading.subject(clause), KIND_WORDS[clause.borne], scope_noun(clause.per)
    above = destination(clause.then, reading.version, ("recovery",))
    yield _ways(clause, subject, borne, where)
    yield Said(f"超过已承担总额的部分{above.zh}。", f"What is above all that was borne {above.en}.")
    yield Said(
        f"{where.zh}项下尚无{borne.zh}承担的，不予分配，列入待办清单。",
        f"Where nothing of {borne.en} has been borne yet {where.en}, it is not shared but goes on the work list.",
    )


def _ways(clause: Follow, subject: Said, borne: Said, where: Said) -> Said:
    """How a recovery finds its way back."""
    if clause.mode == NET_LOSS:
        return Said(
            f"{subject.zh}直接冲减{where.zh}项下的{borne.zh}，后发生的先冲减，各方的承担按净额重新计算。",
            f"{_upper(subject.en)} is taken off {borne.en} {where.en}, the last one first, and what each party bears is "
            "worked out again on the net amounts.",
        )
    upto = Said(
        f"各以其此前在{where.zh}项下承担的{borne.zh}为限",
        f"each up to what it has borne so far of {borne.en} {where.en}",
    )
    if clause.mode == IN_ORDER:
        order = [role(name) for name in clause.roles]
        return Said(
            f"{subject.zh}按以下顺序返还：{'、'.join(f'（{n}）{who.zh}' for n, who in enumerate(order, 1))}，{upto.zh}。",
            f"{_upper(subject.en)} goes back in this order: {', then '.join(who.en for who in order)}, {upto.en}.",
        )
    if clause.mode == FIXED:
        whole = sum(clause.weights)
        parts = [
            (percent(Fraction(weight, whole)), role(name))
            for weight, name in zip(clause.weights, clause.roles, strict=True)
        ]
        return Said(
            f"{subject.zh}按约定比例返还：{'、'.join(f'{who.zh}{part}' for part, who in parts)}，{upto.zh}，"
            "超出的由其他各方按其比例分配。",
            f"{_upper(subject.en)} goes back in agreed shares: {_and([f'{part} to {who.en}' for part, who in parts])}, "
            f"{upto.en}; the excess goes to the others by their shares.",
        )
    return Said(
        f"{subject.zh}按各方此前在{where.zh}项下实际承担{borne.zh}的比例返还，以各自已承担的金额为限。",
        f"{_upper(subject.en)} goes back to the parties in proportion to what each has actually borne so far of {borne.en} "
        f"{where.en}, and at most that.",
    )


def _choose(reading: Reading, clause: Choose) -> Iterator[Said]:
    by, subject = chosen_by(clause, reading.version), reading.subject(clause)
    yield Said(f"{subject.zh}的处理取决于{by.zh}：", f"What happens to {subject.en} depends on {by.en}:")
    for road, target in clause.roads.items():
        when, to = condition(clause, road, reading.currency), _road(reading, clause, target)
        yield Said(f"{by.zh}{'' if clause.bands else '为'}{when.zh}的，{to.zh}", f"Where {by.en} is {when.en}, {to.en}")
    if len(clause.bands) > 1:
        yield Said(
            "以上依次判断，适用最先符合的一项。", "These are tried in the order written; the first that fits applies."
        )
    if clause.otherwise:
        to = _road(reading, clause, clause.otherwise)
        yield Said(f"其他情形，{to.zh}", f"In every other case, {to.en}")
    else:
        yield Said("不属于上述情形的，予以退回。", "A fact to which none of these applies is turned away.")


def _road(reading: Reading, clause: Choose, target: str) -> Said:
    if target == REFUSED:
        return Said(
            "不予受理：不分担、不占用任何限额，列入待办清单。",
            "it is refused: it is not shared out, uses up no limit and goes on the work list.",
        )
    to = reading.to(clause.name, target)
    return Said(f"全部{to.zh}。", f"all of it {to.en}.")


def _fuse(reading: Reading, fuse: Fuse) -> Passage:
    place = article(fuse.article)
    head = Said(f"{place.zh}（熔断 {fuse.name}）", f"{place.en} (fuse {fuse.name})")
    return Passage("fuse", fuse.name, fuse.article, head, tuple(_fused(reading, fuse)))


def _fused(reading: Reading, fuse: Fuse) -> Iterator[Said]:
    part, base = measure(fuse.part, reading.version), measure(fuse.base, reading.version)
    when, what, stops = _INSTANTS[fuse.evaluated], _EFFECTS[fuse.effect], threshold(fuse.stops)
    yield Said(f"{when.zh}考核{part.zh}与{base.zh}之比。", f"The ratio of {part.en} to {base.en} is judged {when.en}.")
    if fuse.warns:
        warns = threshold(fuse.warns)
        yield Said(f"比例{warns.zh}的，发出预警。", f"Where it {warns.en}, a warning is given.")
    yield Said(
        f"比例{stops.zh}的，自次日起熔断（暂停），{what.zh}。",
        f"Where it {stops.en}, the fuse is suspended from the day after: {what.en}.",
    )
    if fuse.resumes:
        resumes = threshold(fuse.resumes)
        yield Said(
            f"考核时比例{resumes.zh}的，自次日起恢复。",
            f"It resumes the day after a judgement at which the ratio {resumes.en}.",
        )
    elif fuse.by_decision:
        yield Said("熔断后经决定方可恢复，自决定次日起恢复。", "It resumes by decision only, the day after.")
    else:
        yield Said("熔断后不因比例变化而恢复。", "It does not resume by itself, whatever the ratio becomes.")
    yield Said(
        "也可经决定暂停或恢复，自决定次日起生效。", "A decision may also suspend or resume it, from the day after."
    )


_INSTANTS: Mapping[str, Said] = {
    "month_end": Said("每月末", "at each month end"),
    "quarter_end": Said("每季度末", "at each quarter end"),
    "year_end": Said("每年末", "at each year end"),
    "each_reading": Said("每次报数时", "at each reading"),
}
_EFFECTS: Mapping[str, Said] = {
    "new_loans": Said("影响此后登记的新贷款", "it concerns loans registered while it lasts"),
    "new_facts": Said("影响此后发生的事项", "it concerns facts dated while it lasts, of old loans too"),
}

# Small helpers.


def _joined(a: Said, b: Said) -> Said:
    return Said(a.zh + b.zh, a.en + b.en)


def _and(parts: Sequence[str]) -> str:
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
