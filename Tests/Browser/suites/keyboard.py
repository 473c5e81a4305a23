"""keyboard"""
