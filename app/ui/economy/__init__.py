"""Panels of the reporting system as pictures, tables, files and paper.

`panel_view.PanelView(formats).show_data(PanelData)` is all that a card needs. Its ``export_requested`` gives a
`Document`, which `app.ui.documents.saving.Saving` saves, and its ``link_requested`` an address.
`print_overview.OverviewPrint` makes a PDF of many panels. Nothing here is imported before it is needed.
"""
