using System.Buffers.Binary;
using System.Buffers.Text;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dcom;

/// <summary>Endpoint of a DCOM server ([MS-DCOM] 2.2.19.3).</summary>
/// <param name="TowerId">Protocol sequence; <see cref="Tcp"/> is the only one with ports in use.</param>
/// <param name="Address">A numeric address; null for a name.</param>
/// <param name="Port">The port in brackets; 0 without one.</param>
internal readonly record struct StringBinding(ushort TowerId, IpAddress? Address, ushort Port)
{
    /// <summary>ncacn_ip_tcp.</summary>
    public const ushort Tcp = 0x07;

    /// <summary>Characters of a network address: a DNS name has 255, and a port in brackets 7 more. A longer one is
    /// invalid.</summary>
    public const int MaximumLength = 264;

    /// <summary>Reads <c>address[port]</c>.</summary>
    /// <param name="towerId">The protocol sequence.</param>
    /// <param name="text">The network address in UTF-16, without its terminator.</param>
    /// <param name="isLittleEndian">The order of its bytes.</param>
    public static StringBinding Of(ushort towerId, ReadOnlySpan<byte> text, bool isLittleEndian)
    {
        if (text.Length > MaximumLength * sizeof(char))
            return new StringBinding(towerId, null, 0);
        Span<byte> ascii = stackalloc byte[MaximumLength];
        for (var i = 0; i < text.Length / sizeof(char); i++)
            ascii[i] = Narrow(text[(i * sizeof(char))..], isLittleEndian);
        ascii = ascii[..(text.Length / sizeof(char))];
        var open = ascii.LastIndexOf((byte)'[');
        ushort port = 0;
        if (open >= 0 && ascii[^1] == ']' && !TryParsePort(ascii[(open + 1)..^1], out port))
            port = 0;
        var host = open < 0 ? ascii : ascii[..open];
        return new StringBinding(towerId, IpAddress.TryParse(host, out var address) ? address : null, port);
    }

    /// <summary>An ASCII character; any other counts as part of a name.</summary>
    private static byte Narrow(ReadOnlySpan<byte> bytes, bool isLittleEndian)
    {
        var character = isLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return char.IsAscii((char)character) ? (byte)character : (byte)'?';
    }

    private static bool TryParsePort(ReadOnlySpan<byte> digits, out ushort port) =>
        Utf8Parser.TryParse(digits, out port, out var length) && length == digits.Length;
}
