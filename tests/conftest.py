"""Profiles of hypothesis: `fast` by default, `thorough` with HYPOTHESIS_PROFILE=thorough; one Spark for a process."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "fast",
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # A gate says the same of the same commit; elsewhere each run looks at other examples.
    derandomize="CI" in os.environ,
)
settings.register_profile("thorough", parent=settings.get_profile("fast"), max_examples=2000)
settings.register_profile("few", parent=settings.get_profile("fast"), max_examples=5)
settings.register_profile("unshrunk", parent=settings.get_profile("fast"), phases=[Phase.explicit, Phase.generate])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(autouse=True)
def of_no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test prints does not depend on the language of the machine."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A session of two tasks on this machine."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java 17, and there is no java here")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = (
            sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.executorEnv.PYTHONPATH", os.pathsep.join(sys.path))
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()
