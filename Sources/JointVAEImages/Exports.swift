// Reading and writing throws it, so a program that imports this module can catch it by name.
@_exported import struct JointVAEFiles.FileError
