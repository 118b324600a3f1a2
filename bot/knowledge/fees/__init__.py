"""Fees that are computed: what a mark costs by its groups, a barcode by its products."""
