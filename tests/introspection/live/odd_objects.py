import sys


class Lazy:
    def __init__(self, n):
        self.__dict__["_n"] = n

    def __getattr__(self, n):
        raise ModuleNotFoundError(f"No module named {self._n}")


class Everything:
    def __getattr__(self, n):
        return Everything()

    def __call__(self, *a, **k):
        return Everything()

    def __iter__(self):
        return iter([])


class Exits:
    def __getattribute__(self, n):
        raise SystemExit(3)

    def __call__(self): ...


class LyingClass:
    @property
    def __class__(self):
        raise RuntimeError("x")


class EqBoom:
    def __eq__(self, o):
        raise RuntimeError("eq")

    __hash__ = None

    def __bool__(self):
        raise RuntimeError("bool")

    def __repr__(self):
        raise RuntimeError("repr")


class SigBoom:
    @property
    def __signature__(self):
        raise RuntimeError("sig")

    __name__ = "sigboom"
    __module__ = __name__
    __wrapped__ = len

    def __call__(self, a: int) -> int:
        return a


pa = Lazy("pyarrow")
everything = Everything()
exits = Exits()
lying = LyingClass()
boom = EqBoom()
sigboom = SigBoom()


class Mod(type(sys)):
    def __getattr__(self, n):
        raise ModuleNotFoundError("no " + n)


lazymod = Mod("lazymod")


def add(a: int, b: int = 1) -> int:
    return a + b


def odd_default(a: int, b=pa, c=everything, d=exits, e=lying, f=boom) -> int:
    return a


def odd_hint(a: pa, b: everything, c: exits, d: lying, e: boom) -> everything:
    return 1


def doc(a: int) -> int:
    return a


doc.__doc__ = everything


def sig(a: int) -> int:
    return a


sig.__signature__ = everything


def wrapped(a: int) -> int:
    return a


wrapped.__wrapped__ = everything


def attrs(a: int) -> int:
    return a


attrs.__deprecated__ = boom


def anns(a: int) -> int:
    return a


anns.__annotations__ = {"a": boom, "return": exits}
__version__ = everything
