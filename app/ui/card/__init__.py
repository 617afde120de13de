"""The contact card: the CRM's half of the window, with what the ERP knows of the same customer."""
