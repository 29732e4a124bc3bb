"""How the currencies are written beside a number: signs and short forms, names, multiples.

Each line of a table says who writes what: codes, a colon, and what they write, with `_` for a space inside. What
several currencies write stands under all of them. All of it is in the form that `folded` gives to a text.
"""

from __future__ import annotations

from procure.values.iso4217 import DECIMALS, SIGNS
from procure.values.texts import half_width

#: Besides the codes and the signs of iso4217.py. £ is here because it means GBP wherever it is not the sign at home.
_SHORT = """
    CNY: 人民币 rmb cn¥
    JPY: jp¥
    GBP: £
    USD: us$ u$s
    AUD: a$ au$
    BBD: bds$
    BND BSD: b$
    BZD: bz$
    CAD: ca$ can$
    CAD NIO: c$
    FJD: fj$
    GYD: g$ gy$
    HKD: hk$
    JMD: j$
    KYD: ci$
    MOP: mop$
    NAD: n$
    NZD: nz$
    SGD: s$ sg$
    TTD: tt$
    TWD: nt$
    XCD: ec$
    ARS: ar$
    CLP: cl$
    COP: col$
    DOP: rd$
    MXN: mx$ mex$
    UYU: $u uy$
    BOB VES: bs bs.
    PAB: b/.
    BWP PHP: p
    PEN: s/.
    PYG: gs gs.
    DKK ISK NOK SEK: kr kr.
    DKK: dkr
    NOK: nkr
    SEK: skr
    CHF: fr fr. sfr sfr.
    BGN: лв лв.
    CZK: kč
    HUF: ft
    PLN: zł
    RUB: руб руб.
    TRY: tl
    UAH: грн грн.
    AED MAD: dh dhs
    ILS: nis
    GHS: gh₵
    KES: ksh kshs
    TZS: tsh tshs
    UGX: ush ushs
    XAF XOF: fcfa
    IDR: rp.
    INR LKR MUR NPR PKR SCR: rs rs.
    VND: đ
"""

_NAMES = """
    CNY: 圆 元整 圆整 yuan renminbi
    CNY HKD MOP TWD: 元
    HKD: 港元 港币
    MOP: 澳门元 pataca patacas
    TWD: 新台币 台币 圓
    JPY: 円 日元 日圆 yen
    KPW KRW: 원 won
    KRW: 韩元
    BWP: pula
    EUR: 欧元 euro euros
    GBP: 英镑 pound_sterling pounds_sterling sterling
    EGP FKP GBP GIP LBP SDG SHP SSP SYP: pound pounds
    USD: 美元 美金 us_dollar us_dollars
    AUD: 澳元
    CAD: 加元
    NZD: 新西兰元
    SGD: 新加坡元 新元
    AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD USD XCD: dollar dollars
    ARS CLP COP CUP DOP MXN PHP UYU: peso pesos
    BOB: boliviano bolivianos
    BRL: real reais
    CRC: colón colones
    GTQ: quetzal quetzales
    HNL: lempira lempiras
    NIO: córdoba córdobas
    PEN: sol soles
    PYG: guaraní guaraníes
    VES: bolívar bolívares
    CHF: 瑞士法郎 swiss_franc swiss_francs
    BIF CDF CHF DJF GNF KMF RWF XAF XOF XPF: franc francs
    DKK NOK: krone kroner
    ISK SEK: krona
    ISK: króna krónur kronur
    SEK: kronor
    BGN: lev leva
    CZK: koruna koruny korun
    HUF: forint forints
    MDL RON: leu lei
    PLN: zloty złoty złotych
    RUB: 卢布 ruble rubles рубль рублей
    TRY: lira
    UAH: hryvnia
    AED MAD: dirham dirhams
    BHD DZD IQD JOD KWD LYD RSD TND: dinar dinars
    ILS: shekel shekels
    AOA: kwanza kwanzas
    GHS: cedi cedis
    KES SOS TZS UGX: shilling shillings
    MZN: metical meticais
    NGN: naira
    ZAR: rand
    IDR: rupiah
    INR LKR MUR NPR PKR SCR: rupee rupees
    MYR: ringgit
    THB: 泰铢 baht
    VND: đồng dong
"""

#: By the power of ten, for the currencies whose languages know each word as this one number. The euro is written in
#: many: `mil` is a thousand in Spanish and a million in Slovak, `m` a million in English and a thousand in Spanish.
_MULTIPLES = {
    1: "CNY: 十元",
    2: "CNY: 百元",
    3: """
        CNY: 千元
        HKD MOP TWD: 千元
        JPY: 千円
        KRW: 천원
        ENGLISH EUR: k thousand
        SPANISH PORTUGUESE: mil
    """,
    4: """
        CNY: 万 万元
        HKD MOP TWD: 万 万元 萬 萬元
        JPY: 万 万円
        KRW: 만 만원
    """,
    5: """
        CNY: 十万 十万元
        BDT INR LKR NPR PKR: lakh lakhs
    """,
    6: """
        CNY: 百万 百万元
        HKD MOP TWD: 百万元 百萬元
        JPY: 百万円
        KRW: 백만원
        ENGLISH: m
        ENGLISH EUR: million millions
        EUR: mio mio. millionen
        SPANISH: millón millón_de
        SPANISH EUR: millones millones_de
        PORTUGUESE: milhão milhão_de
        PORTUGUESE EUR: milhões milhões_de
    """,
    7: """
        CNY: 千万 千万元
        BDT INR LKR NPR PKR: crore crores
    """,
    8: """
        CNY: 亿 亿元
        HKD MOP TWD: 亿 亿元 億 億元
        JPY: 億 億円
        KRW: 억 억원
    """,
    9: """
        CNY: 十亿 十亿元
        ENGLISH: bn billion
    """,
    10: "CNY: 百亿 百亿元",
    11: "CNY: 千亿 千亿元",
    12: "CNY: 万亿 万亿元",
}
_WRITTEN_IN = {
    "ENGLISH": """
        AUD BBD BMD BSD BWP BZD CAD FJD FKP GBP GHS GIP GYD HKD INR JMD KES KYD LRD NAD NGN NZD PHP SBD SGD SHP TTD USD
        XCD ZAR
    """,
    "PORTUGUESE": "AOA BRL CVE MZN STN",
    "SPANISH": "ARS BOB CLP COP CRC CUP DOP GTQ HNL MXN NIO PEN PYG UYU VES",
}


def folded(text: str) -> str:
    """A text with one way to write each character: half width, lower case, one space at most between two words."""
    return " ".join(half_width(text).replace("\u2212", "-").casefold().split())


def _owners(table: str) -> dict[str, tuple[str, ...]]:
    """Who writes each mark."""
    found: dict[str, tuple[str, ...]] = {}
    for line in table.strip().splitlines():
        left, right = line.split(": ")
        codes = [code for name in left.split() for code in _WRITTEN_IN.get(name, name).split()]
        for mark in right.split():
            key = mark.replace("_", " ")
            found[key] = (*found.get(key, ()), *codes)
    return found


def _signs() -> dict[str, tuple[str, ...]]:
    lines = [
        f"{' '.join(code for code in SIGNS if SIGNS[code] == sign)}: {folded(sign)}" for sign in set(SIGNS.values())
    ]
    return _owners("\n".join(lines)) | _owners(_SHORT) | {folded(code): (code,) for code in DECIMALS}


def _multiples() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {code: {} for code in DECIMALS}
    for power, table in _MULTIPLES.items():
        for word, codes in _owners(table).items():
            for code in codes:
                found[code][word] = 10**power
    return found


#: The currencies that a code, a sign or a short form may mean, and those that a name may mean.
SIGN_OWNERS = _signs()
NAME_OWNERS = _owners(_NAMES)

#: What stands before a number alone: P45,000 are pesos or pula, and 45p are pence.
LEADING = frozenset({"p"})

#: For each code, what the multiples in its language count.
MULTIPLES = _multiples()
