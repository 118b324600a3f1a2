"""`python -m bot` is `donghanh`."""

from bot.commands import main

main()
