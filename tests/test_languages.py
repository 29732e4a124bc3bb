"""A language beside Chinese and English is one file of phrases, and what it lacks is said in English."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import procure
from procure.cli import main
from procure.cli.settings import system_language
from procure.log.readers import read
from procure.values import languages
from procure.values.languages import Phrases
from procure.values.words import Words
from procure.writers.workbook.carry import carried

ROOT = Path(procure.__file__).parent
LOG = """\
expediente;órgano de contratación;adjudicatario;objeto del contrato;tipo de contrato;procedimiento de adjudicación;\
fecha de adjudicación;valor estimado
2019-01;Ayuntamiento;Papelería Sol;papel;suministro;contrato menor;2019-02-04;14.500,00
2019-02;Ayuntamiento;Papelería Sol;papel;suministro;contrato menor;2019-03-11;2.400,00
2019-03;Ayuntamiento;Obras Norte;acera;obra;contrato menor;2019-05-20;41.000,00
2019-04;Ayuntamiento;Limpiezas Mar;limpieza;servicio;procedimiento abierto;2019-09-02;60.000,00
2019-05;Ayuntamiento;Limpiezas Mar;jardines;servicio;contrato menor;;3.000,00
2019-06;Ayuntamiento;Taller Luz;farolas;servicio;contrato menor;2021-10-03;3.000,00
"""


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("contratos.csv").write_text(LOG, encoding="utf-8")
    return "contratos.csv"


# -- phrases -----------------------------------------------------------------------------------------------------------


def test_a_phrase_is_looked_up_and_what_is_lacking_stays_english() -> None:
    phrases = Phrases({"unit": "unidad"})
    assert [phrases.said("unit"), phrases.said("units")] == ["unidad", "units"]


def test_what_fills_a_phrase_is_looked_up_too() -> None:
    phrases = Phrases({"no {what} of {all}": "de {all}, ningún {what}", "{n} rows": "{n} filas", "sum": "importe"})
    assert phrases.said("no sum of 3 rows") == "de 3 filas, ningún importe"


def test_what_somebody_wrote_stands_as_it_is() -> None:
    assert Phrases({"sum": "importe", "no column '{name}'": "sin columna «{name}»"}).said("no column 'sum'") == (
        "sin columna «sum»"
    )


def test_the_first_phrase_that_fits_is_taken() -> None:
    assert Phrases({"{a} or {b}, at most": "{a} o {b}, a lo sumo", "{a}, {b}": "{a} y {b}"}).said(
        "1 or 2, at most"
    ) == ("1 o 2, a lo sumo")


def test_a_number_and_single_words_are_nothing_else() -> None:
    phrases = Phrases({"{n} rows": "{n} filas", "{low} to {high}": "{low} a {high}"})
    said = ["1,200 rows", "what a reader knows of rows", "in to out", "written to a file", "¥1.00 to ¥2.00"]
    assert list(map(phrases.said, said)) == ["1,200 filas", *said[1:2], "in a out", *said[3:4], "¥1.00 a ¥2.00"]


def test_a_text_with_braces_is_no_phrase() -> None:
    assert Phrases({"{a}!": "¡{a}!"}).said("{x} {0}!") == "¡{x} {0}!"


def test_words_know_themselves_in_every_language() -> None:
    unit = Words("单位", "unit")
    assert all(unit.fits(text) for text in ("单位", "unit", "unidad"))
    assert not unit.fits("unite") and not unit.fits(None)


# -- the files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(languages.FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_every_phrase_is_one_of_the_program_and_fills_in_the_same(file: Path) -> None:
    said = " ".join(
        node.value
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    known = {*re.findall(r"[\w-]+", said)}
    for english, there in tomllib.loads(file.read_text(encoding="utf-8")).items():
        slots = re.findall(r"\{(\w+)\}", english)
        assert len(slots) == len(set(slots)) and set(re.findall(r"\{(\w+)\}", there)) == set(slots), english
        assert {*re.findall(r"[\w-]+", re.sub(r"\{\w+\}", "", english))} <= known, english


def test_a_language_is_one_file(
    log: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    (tmp_path / "eo.toml").write_text('"What to do next" = "Kion fari nun"\n', encoding="utf-8")
    main(["check", log, "--policy", "lcsp-118", "--lang", "eo"])
    shown = capsys.readouterr().out
    assert "\nKion fari nun\n1. Confirm the purchases found (1)" in shown
    assert main(["check", log, "--lang", "es"]) == 2
    # A language that there is not is no language to say so in.
    assert capsys.readouterr().err.startswith("procure: --lang 不能是“es”（有：zh、en、eo）")


# -- Spanish -----------------------------------------------------------------------------------------------------------


def test_the_first_screen_in_spanish(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", log, "--policy", "lcsp-118", "--lang", "es"]) == 1
    assert capsys.readouterr().out == SCREEN


def test_a_log_of_another_year_in_spanish(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(log).write_text(LOG.replace(";2019-", ";2031-"), encoding="utf-8")
    main(["check", log, "--policy", "lcsp-118", "--lang", "es"])
    assert capsys.readouterr().out.splitlines()[1] == (
        "! Solo 1 de 6 filas es de 2018-03-09 a 2020-02-05: 4 son de 2031, las demás de otro año; "
        "compruebe esos días; si aun así debe aplicarse, indique --year 2031."
    )


def test_what_is_typed_wrongly_in_spanish(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", log, "--ouput", "a.html", "--lang", "es"]) == 2
    assert main(["chek", "--lang=es"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "procure: no existe la opción «--ouput» (¿quería decir '--output'?). Vea procure check --help",
        "procure: no existe la orden «chek» (¿quería decir 'check'?). Vea procure --help",
    ]


def test_help_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--help", "--lang", "es"])
    shown = capsys.readouterr().out
    assert shown.startswith("uso: procure check [-h] [--lang {zh,en,es}]")
    assert "\n  --decimal-comma       los importes se escriben como 15.808,00\n" in shown


def test_the_language_is_the_settings_else_the_systems_else_the_policys(
    log: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def title(*more: str) -> str:
        main(["check", log, "--policy", "lcsp-118", *more])
        return capsys.readouterr().out.partition(" ")[0]

    assert title() == "Compras"
    monkeypatch.setattr("procure.cli.system_language", lambda: "en")
    assert title() == "Purchases"
    Path("procure.toml").write_text('lang = "es"\n', encoding="utf-8")
    assert title() == "Compras"
    assert title("--lang", "zh") == "Ayuntamiento"


@pytest.mark.parametrize(
    ("said", "lang"), [("es_ES.UTF-8", "es"), ("es", "es"), ("eo.UTF-8", "en"), ("zh_CN", "zh"), ("C.UTF-8", None)]
)
def test_the_language_of_the_system(said: str, lang: str | None) -> None:
    assert system_language({"LANG": said}) == lang


def test_a_workbook_in_spanish_is_carried_on(log: str) -> None:
    main(["check", log, "--policy", "lcsp-118", "--lang", "es", "--output", "informe.xlsx"])
    assert carried(read("informe.xlsx")).entered == {}


SCREEN = """\
Compras de Ayuntamiento, del 2019-02-04 al 2021-10-03, revisadas según: LCSP art. 118: contratos menores (redacción de 2017)
! Solo se juzgaron 4 de 6 filas y €60.900,00 de €123.900,00; de un día en que la norma no está en vigor: 1.
1 compra por confirmar, €41.000,00; 3 sin poder juzgarse por falta de datos.
Juzgadas 4 de 6 filas, €60.900,00 de €123.900,00; de un día en que la norma no está en vigor: 1; ningún tramo la abarca y nada se le exige: 1.

Acumulados por tramo
  Órgano de contratación  Contratista    año   compras  suma                tramo            tramo más exigente  margen      por confirmar
  Ayuntamiento            Obras Norte    2019  1        €0,00 a €41.000,00  supera                                           1
  Ayuntamiento            Papelería Sol  2019  2        €0,00 a €16.900,00  dentro a supera                                  0
  Ayuntamiento            Limpiezas Mar  2019  0        €0,00 a €3.000,00                    dentro              €12.000,00  0

(1) por confirmar, en todas las lecturas: 1, €41.000,00 (se incumple en todas las lecturas planteadas)
(2) por confirmar, discutido: 0, €0,00 (se incumple en la lectura de trabajo, no en todas las demás)
(3) en riesgo: 0, €0,00 (conforme en la lectura de trabajo, no si cambia una respuesta)
(4) sin poder juzgarse: faltan datos: 3, €19.900,00 (lo que falta lo decidiría)
(5) conforme: 0, €0,00 (0 de ellas en todas las lecturas)
(-) no juzgadas: 2 filas (de un día en que la norma no está en vigor: 1; ningún tramo la abarca y nada se le exige: 1)
Conciliado: el registro 6 filas €123.900,00 = juzgadas 4 filas €60.900,00 + fuera del período, solo contadas 1 fila €3.000,00 + sin exigencia alguna, solo contadas 1 fila €60.000,00
! 1 fila sin Fecha de adjudicación (€3.000,00) deja 1 resultado sin decidir: complete «Fecha de adjudicación» (fila 6)

Qué hacer ahora
1. Confirme las compras halladas (1) y anote lo que resulte (la hoja «findings» de --output report.xlsx)
2. Añada al registro «Informe de necesidad», «Aprobación del gasto»: decide 1 (€14.500,00) (fila 2)
3. Añada al registro «Fecha de adjudicación», «Informe de necesidad», «Aprobación del gasto»: decide 1 (€3.000,00) (fila 6)

Completo: --all. Un libro de Excel o una página: --output report.xlsx o report.html. Una compra: procure explain LOG --row N
"""  # noqa: E501
