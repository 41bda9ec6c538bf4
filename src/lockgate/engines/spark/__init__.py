"""How do matching and comparing go past one machine? Spark brings rows together, and DuckDB answers where they are.

`begun` begins a Spark and ends it; `compare` and `pair` do with it what the functions of these names in `comparing` and
`matching` do without, and leave the same tables.
"""

from lockgate.engines.spark.cluster import Cluster
from lockgate.engines.spark.comparing import compare
from lockgate.engines.spark.pairing import pair
from lockgate.engines.spark.session import Spark, begun

__all__ = ["Cluster", "Spark", "begun", "compare", "pair"]
