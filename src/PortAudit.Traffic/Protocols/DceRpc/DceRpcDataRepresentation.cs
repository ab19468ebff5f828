namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>The data representation label of a PDU (C706 §14.1): formats of numbers and characters.</summary>
internal static class DceRpcDataRepresentation
{
    private const byte LittleEndian = 0x10;

    /// <summary>Highest format of floating-point numbers: IEEE 0, VAX 1, Cray 2, IBM 3.</summary>
    private const byte LastFloatFormat = 3;

    /// <summary>True for a valid label: big- or little-endian, ASCII or EBCDIC, one of four floating-point formats,
    /// third byte zero.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> label) =>
        label is [0x00 or 0x01 or 0x10 or 0x11, <= LastFloatFormat, 0, ..];

    /// <summary>True when integers are little-endian.</summary>
    public static bool IsLittleEndian(byte first) => (first & LittleEndian) != 0;
}
