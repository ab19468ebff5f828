namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>
/// The datagram by which the worm SQL Slammer spread (CVE-2002-0649, Microsoft MS02-039): a request for an instance
/// ([MC-SQLR] 2.2.3) whose name is longer than the 32 bytes it may have, and overwrites the address to which the server
/// returns.
/// </summary>
internal static class SlammerDatagram
{
    private const byte AskInstance = 0x04;
    private const byte Filling = 0x01;
    private const int FillingLength = 96;

    /// <summary>The address that the worm puts there: a jump to the stack in a library of SQL Server 2000.</summary>
    private static ReadOnlySpan<byte> ReturnAddress => [0xDC, 0xC9, 0xB0, 0x42];

    /// <summary>True when the bytes begin as that datagram does.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 1 + FillingLength + ReturnAddress.Length && bytes[0] == AskInstance
        && !bytes.Slice(1, FillingLength).ContainsAnyExcept(Filling)
        && bytes[(1 + FillingLength)..].StartsWith(ReturnAddress);
}
