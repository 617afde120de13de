"""What the words mean: frozen records, Decimal money and pure rules. Standard library only."""
