"""The words every room speaks: fields, periods, money, errors, progress."""
