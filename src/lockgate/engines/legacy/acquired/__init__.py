"""What is in the database of the acquired firm, Kempen Techniek? Much of it is in the old ERP as well."""
