using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>A NetBIOS name on the wire: 16 bytes written as 32 letters from A to P in one label, then the labels of the scope (RFC 1001 §14.1, RFC 1002 §4.1).</summary>
internal static class NetBiosName
{
    /// <summary>Length of the encoded label without its length byte.</summary>
    public const int EncodedLength = 32;

    /// <summary>Length of a name without a scope: length byte, label, closing byte.</summary>
    public const int LengthWithoutScope = EncodedLength + 2;

    /// <summary>Longest name, length bytes included: DNS's limit (RFC 1001 §14.1).</summary>
    public const int MaximumLength = 255;

    private const byte LastLabelLength = 63;

    /// <summary>
    /// Letters of a name that may be damaged: the others still have nearly a hundred bits in which they agree with nothing else, and a damaged datagram is
    /// no other protocol's.
    /// </summary>
    private const int MaximumDamaged = 4;

    /// <summary>
    /// Length of the name that <paramref name="bytes"/> begin with, up to and with its closing byte. <see cref="ParseError.Incomplete"/> when they agree as
    /// far as they go.
    /// </summary>
    public static ParseError Measure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.IsEmpty)
            return ParseError.Incomplete;
        var label = bytes[1..Math.Min(bytes.Length, 1 + EncodedLength)];
        if (bytes[0] != EncodedLength || DamagedIn(label) > MaximumDamaged)
            return ParseError.BadValue;
        var end = 1 + EncodedLength;
        while (end < MaximumLength)
        {
            if (end >= bytes.Length)
                return ParseError.Incomplete;
            if (bytes[end] == 0)
            {
                length = end + 1;
                return ParseError.None;
            }

            if (bytes[end] > LastLabelLength)
                return ParseError.BadValue;
            end += 1 + bytes[end];
        }

        return ParseError.BadLength;
    }

    private static int DamagedIn(ReadOnlySpan<byte> label)
    {
        var damaged = 0;
        foreach (var letter in label)
        {
            if (letter is < (byte)'A' or > (byte)'P')
                damaged++;
        }

        return damaged;
    }
}
