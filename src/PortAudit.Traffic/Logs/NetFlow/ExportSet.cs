using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>A set of an export datagram (RFC 7011 §3.3.2; RFC 3954 §5.2 calls it a FlowSet), viewed in place.</summary>
internal readonly ref struct ExportSet
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>First identifier of a set of data.</summary>
    public const ushort FirstData = 256;

    private const ushort Templates9 = 0;
    private const ushort Options9 = 1;
    private const ushort TemplatesIpfix = 2;
    private const ushort OptionsIpfix = 3;

    private readonly ReadOnlySpan<byte> _bytes;

    private ExportSet(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> begin with a whole set. A length below the header's is
    /// <see cref="ParseError.BadLength"/>, an identifier that the version does not know
    /// <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ushort version, ReadOnlySpan<byte> bytes, out ExportSet set, out ParseError error)
    {
        set = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        error = !IsKnown(version, BinaryPrimitives.ReadUInt16BigEndian(bytes)) ? ParseError.BadValue
            : length < HeaderLength ? ParseError.BadLength
            : length > bytes.Length ? ParseError.Incomplete
            : ParseError.None;
        if (error != ParseError.None)
            return false;
        set = new ExportSet(bytes[..length]);
        return true;
    }

    /// <summary>Identifier: the template's for data.</summary>
    public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Length with the header, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>What is behind the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>True for templates of either kind.</summary>
    public bool IsTemplates => Id < FirstData;

    /// <summary>True for templates of options.</summary>
    public bool IsOptions => Id is Options9 or OptionsIpfix;

    /// <summary>True for an identifier of the version.</summary>
    public static bool IsKnown(ushort version, ushort id) => id >= FirstData || (version == ExportHeader.Ipfix
        ? id is TemplatesIpfix or OptionsIpfix
        : id is Templates9 or Options9);
}
