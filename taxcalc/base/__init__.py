"""The ground: knows no tax. Messages, money, periods, files that are written whole, guards."""
