"""The links between the systems that do not hold, and making customers."""
