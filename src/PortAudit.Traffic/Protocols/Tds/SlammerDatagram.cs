namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>The datagram of the worm SQL Slammer (CVE-2002-0649, Microsoft MS02-039): an instance request ([MC-SQLR]
/// 2.2.3) with a name longer than the allowed 32 bytes, which overwrites the server's return address.</summary>
internal static class SlammerDatagram
{
    private const byte AskInstance = 0x04;
    private const byte Filling = 0x01;
    private const int FillingLength = 96;

    /// <summary>The worm's return address: a jump to the stack in a SQL Server 2000 library.</summary>
    private static ReadOnlySpan<byte> ReturnAddress => [0xDC, 0xC9, 0xB0, 0x42];

    /// <summary>True for the start of that datagram.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 1 + FillingLength + ReturnAddress.Length && bytes[0] == AskInstance
        && !bytes.Slice(1, FillingLength).ContainsAnyExcept(Filling)
        && bytes[(1 + FillingLength)..].StartsWith(ReturnAddress);
}
