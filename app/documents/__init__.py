"""Plain values made into papers: workbooks, certificates, pictures. Knows no feature."""
