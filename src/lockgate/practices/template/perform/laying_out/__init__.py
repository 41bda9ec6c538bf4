"""What does a template say? Its files, kind by kind and layer by layer."""
