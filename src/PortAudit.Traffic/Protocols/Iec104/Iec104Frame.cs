using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Iec104;

/// <summary>A frame of IEC 60870-5-104 (§5, figures 5 to 8), viewed in place.</summary>
internal readonly ref struct Iec104Frame
{
    /// <summary>Length of the header, in bytes: start, length, four control bytes.</summary>
    public const int HeaderLength = 6;

    private const byte Start = 0x68;

    /// <summary>Bytes that the length field does not count.</summary>
    private const int Uncounted = 2;

    /// <summary>Length field of a frame without data.</summary>
    private const int ControlLength = 4;

    /// <summary>Greatest of the length field (§5).</summary>
    private const int GreatestLength = 253;

    private readonly ReadOnlySpan<byte> _bytes;

    private Iec104Frame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> begin with a whole frame with valid control bytes and, where its
    /// type has a fixed form, data of the right length; excludes what follows. Bytes that agree so far are
    /// <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Iec104Frame frame, out ParseError error)
    {
        frame = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && bytes[0] != Start)
            return false;
        error = ParseError.BadLength;
        if (bytes.Length > 1 && bytes[1] is < ControlLength or > GreatestLength)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength || bytes.Length < Uncounted + bytes[1])
            return false;
        var read = new Iec104Frame(bytes[..(Uncounted + bytes[1])]);
        error = ParseError.BadValue;
        if (!read.IsSound)
            return false;
        frame = read;
        error = ParseError.None;
        return true;
    }

    /// <summary>Length of the frame, in bytes.</summary>
    public int TotalLength => _bytes.Length;

    /// <summary>True when hardly any other bytes have this form: all of them are fixed, or the length of the data
    /// follows from their type and number.</summary>
    public bool IsDistinct => IsUnnumbered || (IsData && Iec104Asdu.LengthOf(Unit) > 0);

    /// <summary>Sender of such a frame (§5.2: the controlling station starts and stops the transfer).</summary>
    public SideMatch Side
    {
        get
        {
            if (IsData)
                return Iec104Asdu.SideOf(Unit);
            return _bytes[2] switch
            {
                0x07 or 0x13 => SideMatch.Request, // STARTDT act, STOPDT act
                0x0B or 0x23 => SideMatch.Reply, // STARTDT con, STOPDT con
                _ => SideMatch.EitherSide,
            };
        }
    }

    private bool IsData => (_bytes[2] & 1) == 0;

    private bool IsUnnumbered => (_bytes[2] & 3) == 3;

    private ReadOnlySpan<byte> Unit => _bytes[HeaderLength..];

    private bool IsSound
    {
        get
        {
            if (IsData)
                return (_bytes[4] & 1) == 0 && Unit.Length > Iec104Asdu.HeaderLength
                    && Iec104Asdu.LengthOf(Unit) is var length && (length == 0 || length == Unit.Length);
            if (_bytes.Length != HeaderLength || _bytes[3] != 0)
                return false;
            if (!IsUnnumbered)
                return _bytes[2] == 1 && (_bytes[4] & 1) == 0;
            return _bytes[2] is 0x07 or 0x0B or 0x13 or 0x23 or 0x43 or 0x83 && _bytes[4] == 0 && _bytes[5] == 0;
        }
    }
}
