"""The words of a scheme in Chinese and English: roles, measures, dates, scopes, amounts and bands as an agreement says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from ledger.money import parse_amount, places, show_amount
from riskshare.steps import ROLES_ZH
from riskshare.terms import REFUSED, Band, Choose, Layer, Threshold, Version, scope_attribute


class Said(NamedTuple):
    """The same words in both languages."""

    zh: str
    en: str


KIND_WORDS: Mapping[str, Said] = {
    "loss": Said("损失", "the loss"),
    "recovery": Said("追偿款", "the recovery"),
    "premium": Said("保费", "the premium"),
    "fee": Said("担保费", "the fee"),
    "fee_reduction": Said("降费额", "the fee reduction"),
    "interest_subsidy": Said("贴息", "the interest subsidy"),
    "refund": Said("退费", "the refund"),
    "funding": Said("出资", "the funding"),
    "distribution": Said("分配款", "the distribution"),
}

MEASURE_WORDS: Mapping[str, Said] = {
    "approved": Said("批准贷款额", "the approved amount"),
    "guaranteed": Said("担保金额", "the guaranteed amount"),
    "other_support": Said("其他扶持资金", "other support"),
    "principal": Said("本金", "the principal"),
    "interest": Said("利息", "the interest"),
    "overdue_interest": Said("逾期利息", "the overdue interest"),
    "penalty": Said("罚息", "the penalty interest"),
    "compound_interest": Said("复利", "the compound interest"),
    "costs": Said("费用", "the costs"),
    "pool_funding": Said("资金池资金", "the pool funding"),
    "budget": Said("预算", "the budget"),
    "premium": Said("保费", "the premium"),
    "guaranteed_volume": Said("年度担保额合计", "the guaranteed volume"),
    "registered": Said("备案金额", "the registered amount"),
    "security": Said("押品变现款", "the realised security"),
    "days": Said("天数", "days"),
}

DATE_WORDS: Mapping[str, Said] = {
    "registered_on": Said("合同登记日", "the date of the contract"),
    "default_on": Said("违约日", "the date of default"),
    "compensated_on": Said("代偿日", "the date of compensation"),
    "paid_on": Said("支付日", "the date of payment"),
    "due_on": Said("到期日", "the due date"),
    "filed_on": Said("申报日", "the date of filing"),
    "booked_on": Said("入账日", "the date of booking"),
    "effective_on": Said("发生日", "the date of the event"),
}

ATTRIBUTE_WORDS: Mapping[str, Said] = {
    "insured": Said("“已投保”", 'the entry "insured"'),
    "class": Said("类别", "the class"),
    "grade": Said("等级", "the grade"),
    "size": Said("企业规模", "the size"),
    "years_of_use": Said("使用年数", "the years of use"),
    "loan": Said("贷款", "loan"),
    "borrower": Said("借款人", "borrower"),
    "portfolio": Said("资产组合", "portfolio"),
}

_VALUES: Mapping[str, Said] = {
    "yes": Said("是", "yes"),
    "no": Said("否", "no"),
    "normal": Said("正常", "normal"),
    "warning": Said("预警", "warning"),
    "suspended": Said("暂停", "suspended"),
}
_ENGLISH = {"reguarantor": "re-guarantor", "finance": "finance bureau", "co_insurer": "co-insurer"}
_COUNTER = {"loan": "笔", "borrower": "户", "enterprise": "家", "portfolio": "个"}


def role(name: str) -> Said:
    """A party: 再担保机构, the re-guarantor."""
    english = _ENGLISH.get(name, name.replace("_", " "))
    return Said(ROLES_ZH.get(name, name), f"the {english}")


def date_word(name: str) -> Said:
    """A date of a fact; one the scheme brought along is said by its column."""
    return DATE_WORDS.get(name, Said(f"“{name}”", name))


def attribute(name: str) -> Said:
    """What a fact says of itself."""
    return (
        ATTRIBUTE_WORDS.get(name)
        or DATE_WORDS.get(name)
        or Said(ROLES_ZH.get(name, f"“{name}”"), f'the entry "{name}"')
    )


def article(text: str) -> Said:
    """第5(1)条, Article 5(1); one that is not a number stands as it is written."""
    if text[:1].isdigit():
        return Said(f"第{text}条", f"Article {text}")
    return Said(text if text.startswith("第") else f"“{text}”", text)


def measure(name: str, version: Version) -> Said:
    """A measure in words. A name the scheme made, of a measure or an amount, stands for what it states."""
    if name in version.declared or name in version.amounts:
        return Said(f"“{name}”", name)
    return MEASURE_WORDS.get(name, Said(f"“{name}”", name))


def money(minor: int, currency: str) -> Said:
    """300,000.00元, CNY 300,000.00."""
    shown = show_amount(minor, currency)
    return Said(f"{shown}元" if currency == "CNY" else f"{currency} {shown}", f"{currency} {shown}")


def percent(share: Fraction) -> str:
    """20%, 33.33%; 1/3 where no percentage with a few decimals says it."""
    for decimals in range(7):
        number, rest = divmod(share.numerator * 10 ** (decimals + 2), share.denominator)
        if not rest:
            digits = f"{number:0{decimals + 1}}"
            return (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits) + "%"
    return f"{share.numerator}/{share.denominator}"


def amount(text: str, version: Version, currency: str) -> Said:
    """An amount expression in words: 本金的80%减去其他扶持资金（不低于零）."""
    said = _Amount(text.split(), version, currency).whole()
    if "less" in text.split():
        return Said(f"{said.zh}（不低于零）", f"{said.en} (not below zero)")
    return said


def scope(per: str) -> Said:
    """How a running total is counted: 按每个方案年度累计, added up over each scheme-year."""
    fixed = {
        "event": Said("每笔单独计算", "each fact taken alone"),
        "scheme-year": Said("按每个方案年度累计", "added up over each scheme-year"),
        "life": Said("在方案存续期内累计", "added up over the life of the scheme"),
    }
    if per in fixed:
        return fixed[per]
    name = scope_attribute(per) or per.removesuffix("-year")
    word, year = _counted(name), per.endswith("-year")
    return Said(
        f"按{word.zh}{'每年度' if year else ''}累计", f"added up over {'each year of ' if year else ''}each {word.en}"
    )


def scope_noun(per: str) -> Said:
    """Where a recovery looks for what was borne: 同一笔贷款, on the same loan."""
    fixed = {
        "event": Said("同一笔", "of the same fact"),
        "scheme-year": Said("同一方案年度", "in the same scheme-year"),
        "life": Said("整个方案", "in the whole scheme"),
    }
    if per in fixed:
        return fixed[per]
    name = scope_attribute(per) or per.removesuffix("-year")
    word, year = _counted(name), per.endswith("-year")
    return Said(
        f"同一{word.zh[1:]}{'同一年度' if year else ''}",
        f"{'on' if name == 'loan' else 'of'} the same {word.en}{' in the same year' if year else ''}",
    )


def attachment(layer: Layer, version: Version, currency: str) -> Said | None:
    """From where a layer takes; None where from zero."""
    return amount(layer.attach.text, version, currency) if layer.attach else None


def limit(layer: Layer, version: Version, currency: str) -> Said | None:
    """Up to how much a layer takes; None where there is no limit."""
    return amount(layer.limit.text, version, currency) if layer.limit else None


def chosen_by(clause: Choose, version: Version) -> Said:
    """What a choice looks at: a state, a measure, days between two dates, or what the fact says."""
    if clause.days:
        start, end = map(date_word, clause.days)
        return Said(f"{start.zh}至{end.zh}的天数", f"the number of days from {start.en} to {end.en}")
    if any(fuse.name == clause.by for fuse in version.fuses):
        return Said(f"熔断“{clause.by}”的状态", f"the state of the fuse {clause.by}")
    return measure(clause.by, version) if clause.measured else attribute(clause.by)


def condition(clause: Choose, road: str, currency: str) -> Said:
    """When a road of a choice is taken: 是, yes; 在150,000.00元以下（含）, at most CNY 150,000.00."""
    found = next((each for each in clause.bands if each.text == road), None)
    if found is None:
        return _VALUES.get(road, Said(f"“{road}”", road))
    return band(found, currency if clause.measured else None, clause.days is not None)


def band(each: Band, currency: str | None, days: bool = False) -> Said:
    """A span of numbers; in money where a currency is given, otherwise plain."""

    def show(number: Fraction) -> Said:
        if currency:
            return money(int(number), currency)
        plain = _decimal(number)
        return Said(f"{plain}天" if days else plain, plain)

    zh, en = [], []
    if each.low is not None:
        low = show(each.low)
        zh.append(f"{'达到' if each.low_included else '超过'}{low.zh}")
        en.append(f"{low.en} or more" if each.low_included else f"above {low.en}")
    if each.high is not None:
        high = show(each.high)
        zh.append(f"在{high.zh}以下（含）" if each.high_included else f"低于{high.zh}")
        en.append(f"at most {high.en}" if each.high_included else f"below {high.en}")
    return Said("且".join(zh), " and ".join(en))


def threshold(each: Threshold) -> Said:
    """达到10%, reaches 10%."""
    rate = percent(Fraction(each.number, each.whole))
    words = {
        "reaches": Said(f"达到{rate}", f"reaches {rate}"),
        "exceeds": Said(f"超过{rate}", f"exceeds {rate}"),
        "below": Said(f"低于{rate}", f"is below {rate}"),
        "up to": Said(f"在{rate}以下（含）", f"is at most {rate}"),
    }
    return words[each.word]


def destination(target: str, version: Version, kinds: Iterable[str]) -> Said:
    """What happens to a part of the money: a party takes it, a clause goes on with it, or it is refused."""
    clause = next((each for each in version.clauses if each.name == target), None)
    if clause is not None:
        place = article(clause.article)
        return Said(f"转入{place.zh}（{target}）", f"goes on to {place.en} ({target})")
    if target == REFUSED:
        return Said("不予受理，列入待办清单", "is refused and goes on the work list")
    party, moved = role(target), frozenset(kinds)
    if target == "debtor":
        return Said(f"归{party.zh}", f"goes to {party.en}")
    if moved <= {"funding"}:
        return Said(f"由{party.zh}出资", f"is paid in by {party.en}")
    if moved <= {"loss", "premium", "interest_subsidy", "fee_reduction"}:
        return Said(f"由{party.zh}承担", f"is borne by {party.en}")
    return Said(f"归{party.zh}", f"falls to {party.en}")


def listed(each: Iterable[Said]) -> Said:
    """One after another: 本金、利息; the principal, the interest and the costs."""
    words = tuple(each)
    *before, last = (word.en for word in words)
    return Said("、".join(word.zh for word in words), f"{', '.join(before)} and {last}" if before else last)


class _Amount:
    """Reads an amount expression that is known to be right, word by word, into both languages."""

    def __init__(self, words: list[str], version: Version, currency: str) -> None:
        self.words, self.version, self.currency, self.at = words, version, currency, 0

    def whole(self) -> Said:
        said = self._part()
        while word := self._take("less", "plus"):
            other = self._part()
            sign = {"less": "减去", "plus": "加上"}[word]
            said = Said(f"{said.zh}{sign}{other.zh}", f"{said.en} {word} {other.en}")
        return said

    def _part(self) -> Said:
        word = self._next()
        if word in ("smaller", "larger"):
            return self._one_of(word)
        if word.endswith("%"):
            self._take("of")
            of = self._part()
            return Said(f"{_bracketed(of.zh)}的{word}", f"{word} of {of.en}")
        return self._by(self._unit(word))

    def _one_of(self, word: str) -> Said:
        """The smaller or larger of two or more, to the end of the text."""
        self._take("of")
        each = [self.whole()]
        while self._take("and"):
            each.append(self.whole())
        among = "、".join(_bracketed(one.zh) for one in each)
        kind = {"smaller": "较低", "larger": "较高"}[word]
        return Said(f"{among}中的{kind}者", f"the {word} of {' and '.join(one.en for one in each)}")

    def _by(self, unit: Said) -> Said:
        while self._take("by"):
            count = measure(self._next(), self.version)
            self._take("of")
            whole = self._next()
            unit = Said(f"{unit.zh}×{count.zh}÷{whole}", f"{unit.en} × {count.en} / {whole}")
        return unit

    def _unit(self, word: str) -> Said:
        if word[:1].isdigit() or word[:1] in "+-":
            return money(parse_amount(word, self.currency), self.currency)
        return measure(word, self.version)

    def _next(self) -> str:
        self.at += 1
        return self.words[self.at - 1]

    def _take(self, *words: str) -> str:
        return self._next() if self.at < len(self.words) and self.words[self.at] in words else ""


def _bracketed(said: str) -> str:
    """In brackets where it is more than one name or amount, so that what follows belongs to all of it."""
    return f"（{said}）" if any(sign in said for sign in ("减去", "加上", "×", "中的", "的")) else said


def _counted(name: str) -> Said:
    """每笔贷款, loan."""
    word = ATTRIBUTE_WORDS.get(name) or Said(role(name).zh, role(name).en.removeprefix("the "))
    return Said(f"每{_COUNTER.get(name, '家')}{word.zh}", word.en)


def _decimal(number: Fraction) -> str:
    """A number as it was written: the digits end."""
    decimals = next((n for n in range(20) if not number.numerator * 10**n % number.denominator), 20)
    digits = f"{number.numerator * 10**decimals // number.denominator:0{decimals + 1}}"
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


def currency_word(currency: str) -> Said:
    """人民币, and what its smallest unit is called."""
    return Said("人民币" if currency == "CNY" else currency, currency)


def smallest_unit(currency: str) -> Said:
    """分, the smallest unit of the currency."""
    if currency == "CNY":
        return Said("分", "fen")
    return Said("最小货币单位", "minor unit" if places(currency) else "unit")
