"""The currencies of ISO 4217: their codes, their decimals, and the signs of those that have one.

Source: ISO 4217 list one (codes and minor units) as its maintenance agency SIX published it on 2026-01-01, with all
amendments to number 180; last checked 2026-11-27. What has no minor unit there, such as gold and test codes, is left
out. The signs are not part of the standard: each is what the country itself prints before an amount.
"""

from __future__ import annotations

_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
        COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
        INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
        MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
        STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
#: Withdrawn since 2021 (list three, two decimals each): the logs of their last years are still checked.
_WITHDRAWN = "ANG BGN CUC HRK SLL ZWL"

#: A sign and who writes it; kr and Rs stand apart from their number.
_SIGNS = [
    ("$", "ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD"),
    ("$", "USD UYU XCD"),
    ("C$", "NIO"),
    ("Q", "GTQ"),
    ("R", "ZAR"),
    ("R$", "BRL"),
    ("RM", "MYR"),
    ("Rp", "IDR"),
    ("Rs ", "LKR MUR NPR PKR SCR"),
    ("S/", "PEN"),
    ("kr ", "DKK ISK NOK SEK"),
    ("£", "FKP GBP GIP SHP"),
    ("¥", "CNY JPY"),
    ("֏", "AMD"),
    ("৳", "BDT"),
    ("฿", "THB"),
    ("៛", "KHR"),
    ("₡", "CRC"),
    ("₦", "NGN"),
    ("₩", "KPW KRW"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("€", "EUR"),
    ("₭", "LAK"),
    ("₮", "MNT"),
    ("₱", "PHP"),
    ("₲", "PYG"),
    ("₴", "UAH"),
    ("₵", "GHS"),
    ("₸", "KZT"),
    ("₹", "INR"),
    ("₺", "TRY"),
    ("₼", "AZN"),
    ("₽", "RUB"),
    ("₾", "GEL"),
]

#: Decimals by code.
DECIMALS = {code: decimals for decimals, codes in _DECIMALS.items() for code in codes.split()}
DECIMALS |= dict.fromkeys(_WITHDRAWN.split(), 2)

#: Signs by code, of those that have one.
SIGNS = {code: sign for sign, codes in _SIGNS for code in codes.split()}
