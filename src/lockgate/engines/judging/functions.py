"""Which functions may a condition use? Those that answer from their arguments alone, the same on every day.

Whatever reads a file, the network, the settings, the clock or chance is not in the list, nor is what is not known.
"""

_OPERATORS = """+ - * / // % ** ^ || & | ~ << >> ~~ !~~ ~~* !~~* ~~~ ^@ @> <@ <@> && @ !"""

_TEXTS = """
ascii bit_length chr concat concat_ws contains starts_with ends_with prefix suffix format format_bytes initcap instr
lcase left left_grapheme length len length_grapheme levenshtein damerau_levenshtein jaccard hamming jaro_similarity
jaro_winkler_similarity editdist3 lower lpad ltrim md5 sha1 sha256 nfc_normalize ord position printf repeat replace
reverse right right_grapheme rpad rtrim split split_part str_split string_split string_split_regex strip_accents strlen
strpos substr substring substring_grapheme translate trim ucase unicode upper like_escape ilike_escape not_like_escape
not_ilike_escape regexp_matches regexp_full_match regexp_replace regexp_extract regexp_extract_all regexp_split_to_array
regexp_escape hash encode decode base64 from_base64 to_base64 hex unhex url_encode url_decode
"""

_NUMBERS = """
abs add subtract multiply divide mod fmod ceil ceiling floor round round_even even trunc sign sqrt cbrt exp ln log log2
log10 pow power gcd lcm greatest least isnan isinf isfinite bit_count pi degrees radians sin cos tan asin acos atan
atan2
"""

_DATES = """
date_part date_diff datediff date_sub datesub date_add date_trunc datetrunc dayname monthname day month year quarter
week weekday dayofweek dayofmonth dayofyear isodow isoyear weekofyear yearweek hour minute second millisecond
epoch last_day make_date make_time make_timestamp strftime strptime try_strptime age century decade era julian
to_days to_weeks to_months to_years to_hours to_minutes to_seconds datepart
"""

_LISTS = """
list_value list_contains list_has list_has_any list_has_all array_contains array_has list_position list_indexof
list_filter list_transform list_apply list_reduce list_distinct list_unique list_sort list_reverse_sort
list_reverse list_concat list_cat list_sum list_min list_max list_avg list_count list_any_value list_first list_last
list_extract list_element list_slice array_extract array_slice array_length array_to_string list_intersect
list_aggregate cardinality flatten struct_pack struct_extract row map map_extract map_keys map_values element_at
json_extract json_extract_string json_array_length json_valid json_type json_keys json_exists json_contains
"""

_CHOICES = "coalesce ifnull nullif if typeof constant_or_null"

_SUMS = """
count count_star count_if countif sum sum_no_overflow avg mean min max median mode quantile quantile_cont quantile_disc
stddev stddev_samp stddev_pop variance var_samp var_pop bool_and bool_or any_value arg_min arg_max string_agg list
array_agg group_concat bit_and bit_or bit_xor product fsum
"""

_WITHOUT_BRACKETS = "current_date current_time current_timestamp localtime localtimestamp"
_CLOCK = (
    "now today get_current_timestamp get_current_time transaction_timestamp current_localtime current_localtimestamp"
)
_SESSION = "current_user session_user user current_role current_schema current_catalog"

ALLOWED = frozenset(f"{_OPERATORS} {_TEXTS} {_NUMBERS} {_DATES} {_LISTS} {_CHOICES} {_SUMS}".split())
CLOCK = frozenset(f"{_CLOCK} {_WITHOUT_BRACKETS}".split())
CHANCE = frozenset({"random", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "setseed"})
SESSION = frozenset(_SESSION.split())
"""Written like a column, but told by who asks and where."""
