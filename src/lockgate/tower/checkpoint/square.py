"""How is a text drawn so that a phone reads it? As a QR code: one path of squares."""

import qrcode


def square(text: str) -> tuple[int, str]:
    """Return how many squares wide the code is, its quiet edge included, and the path of the dark ones."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_L, border=4)
    code.add_data(text.encode())
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return len(rows), path
