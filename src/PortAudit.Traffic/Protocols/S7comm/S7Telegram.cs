using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.S7comm;

/// <summary>Telegrams of Siemens' S7 controllers within OSI transport. No specification is public; the forms are those
/// that Wireshark's dissectors read.</summary>
internal static class S7Telegram
{
    /// <summary>Bytes that tell whether it is one.</summary>
    public const int HeaderLength = 10;

    private const byte Classic = 0x32;
    private const byte Plus = 0x72;

    /// <summary>Kinds of a classic telegram: job, acknowledgement without and with data, user data.</summary>
    private const byte Job = 1;
    private const byte Acknowledgement = 2;
    private const byte AcknowledgementWithData = 3;
    private const byte UserData = 7;

    private const int ErrorLength = 2;

    /// <summary>Protocol, version, length of the data: in front of the data, and once more behind the last part.
    /// </summary>
    private const int PlusHeaderLength = 4;

    private const byte LastVersion = 3;
    private const byte KeepAlive = 0xFF;

    /// <summary>First byte of the data: request and its answer; a notification of the server has another.</summary>
    private const byte PlusRequest = 0x31;
    private const byte PlusReply = 0x32;

    /// <summary>True when longer data that begin so may be a telegram.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> data) => data is [Classic or Plus, ..];

    /// <summary>True when the user data of a unit, <paramref name="length"/> bytes long, are a classic telegram.
    /// </summary>
    /// <param name="data">What is present, at least <see cref="HeaderLength"/>.</param>
    /// <param name="length">Length of all user data, in bytes.</param>
    public static bool IsClassic(ReadOnlySpan<byte> data, int length)
    {
        if (data[0] != Classic || data[2] != 0 || data[3] != 0)
            return false;
        var parts = BinaryPrimitives.ReadUInt16BigEndian(data[6..]) + BinaryPrimitives.ReadUInt16BigEndian(data[8..]);
        return data[1] switch
        {
            Job or UserData => length == HeaderLength + parts,
            Acknowledgement or AcknowledgementWithData => length == HeaderLength + ErrorLength + parts,
            _ => false,
        };
    }

    /// <summary>True when they are a telegram of S7comm-plus, or its first part.</summary>
    public static bool IsPlus(ReadOnlySpan<byte> data, int length)
    {
        if (data[0] != Plus || data[1] is not (>= 1 and <= LastVersion or KeepAlive))
            return false;
        var size = PlusHeaderLength + BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
        return size == length || size + PlusHeaderLength == length;
    }

    /// <summary>Sender of a telegram.</summary>
    public static SideMatch SideOf(ReadOnlySpan<byte> data) => data switch
    {
        [Classic, Job, ..] or [Plus, >= 1 and <= LastVersion, _, _, PlusRequest, ..] => SideMatch.Request,
        [Classic, Acknowledgement or AcknowledgementWithData, ..]
            or [Plus, >= 1 and <= LastVersion, _, _, PlusReply, ..] => SideMatch.Reply,
        _ => SideMatch.EitherSide,
    };
}
