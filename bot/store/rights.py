"""Lists the commands that the bot's user has to be allowed in Redis, and no others.

A test runs everything with these rights alone, and finds each of them used.
"""

COMMANDS = (
    "client|setinfo",
    "del",
    "evalsha",
    "exec",
    "exists",
    "expire",
    "get",
    "hdel",
    "hget",
    "hgetall",
    "hincrbyfloat",
    "hmget",
    "hset",
    "info",
    "lpush",
    "lrange",
    "ltrim",
    "mget",
    "multi",
    "ping",
    "pttl",
    "sadd",
    "scan",
    "script|load",
    "select",
    "set",
    "smembers",
    "srem",
    "time",
    "type",
    "wait",
    "zadd",
    "zcard",
    "zcount",
    "zrange",
    "zrem",
    "zremrangebyrank",
    "zremrangebyscore",
    "zrevrange",
    "zrevrangebyscore",
    "zscore",
    "zunionstore",
)
"""Commands, as Redis's ACL calls them."""


def granted(prefix: str) -> str:
    """Returns the ACL rules of a user who may do what the bot does, on the keys of that prefix."""
    return " ".join(["resetchannels", f"~{prefix}*", "-@all", *(f"+{each}" for each in COMMANDS)])
