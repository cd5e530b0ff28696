def add(a: int) -> int:
    """ÿş"""
    return a
