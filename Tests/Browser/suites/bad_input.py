"""bad_input"""
