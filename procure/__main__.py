"""`python -m procure`."""

import sys

from procure.cli import main

sys.exit(main())
