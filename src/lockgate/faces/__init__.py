"""What do all command lines and pages share? The parts here, so that they look and answer alike."""
