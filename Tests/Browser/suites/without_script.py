"""without_script"""
