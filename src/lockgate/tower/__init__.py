"""Where do people meet the programme? Pages and the API of the core, and the accounts, rights and runs behind them."""
