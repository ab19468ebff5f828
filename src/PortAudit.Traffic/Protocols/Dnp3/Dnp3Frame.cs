using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dnp3;

/// <summary>The header of a DNP3 link frame (IEEE 1815-2012 §9.2.4), viewed in place.</summary>
internal readonly ref struct Dnp3Frame
{
    /// <summary>Length of the header with its check sum, in bytes.</summary>
    public const int HeaderLength = 10;

    private const int CheckedLength = 8;

    /// <summary>Least of the length field: control and both addresses.</summary>
    private const int LeastLength = 5;

    /// <summary>The polynomial of the check sum, lowest power first (§9.2.4.1.7).</summary>
    private const ushort Polynomial = 0xA6BC;

    private const byte FromMaster = 0x80;
    private const byte Primary = 0x40;

    private readonly ReadOnlySpan<byte> _bytes;

    private Dnp3Frame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    private static ReadOnlySpan<byte> Start => [0x05, 0x64];

    /// <summary>True when <paramref name="bytes"/> begin with a header with its start, a defined function and a right
    /// check sum. Bytes that agree so far are <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Dnp3Frame frame, out ParseError error)
    {
        frame = default;
        error = ParseError.BadValue;
        if (bytes.CommonPrefixLength(Start) < Math.Min(bytes.Length, Start.Length))
            return false;
        error = ParseError.BadLength;
        if (bytes.Length > 2 && bytes[2] < LeastLength)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var read = new Dnp3Frame(bytes[..HeaderLength]);
        error = ParseError.BadValue;
        if (!read.HasFunction || CheckSum(bytes[..CheckedLength])
            != BinaryPrimitives.ReadUInt16LittleEndian(bytes[CheckedLength..]))
            return false;
        frame = read;
        error = ParseError.None;
        return true;
    }

    /// <summary>True when the master sent it, false when the outstation did (§9.2.4.1.3.1).</summary>
    public bool IsFromMaster => (_bytes[3] & FromMaster) != 0;

    /// <summary>Functions of the sender and of the receiver of a transaction (§9.2.4.1.3.4).</summary>
    private bool HasFunction => (_bytes[3] & Primary) != 0
        ? (_bytes[3] & 0x0F) is <= 4 or 9
        : (_bytes[3] & 0x0F) is 0 or 1 or 11 or 14 or 15;

    private static ushort CheckSum(ReadOnlySpan<byte> bytes)
    {
        ushort sum = 0;
        foreach (var each in bytes)
        {
            sum ^= each;
            for (var bit = 0; bit < 8; bit++)
                sum = (ushort)((sum & 1) != 0 ? (sum >> 1) ^ Polynomial : sum >> 1);
        }

        return (ushort)~sum;
    }
}
