"""One HTML file that judges logs in a browser: this very package, run there by Pyodide. Nothing leaves the machine.

`python -m procure.app` builds it; `desk.py` is what its page speaks to.
"""
