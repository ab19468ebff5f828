using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Sql;

/// <summary>
/// Recognises Oracle's Transparent Network Substrate by the packets that open a connection (as Wireshark's dissector
/// reads them): length, two checksums that are zero, a type, and versions or a description behind them.
/// </summary>
internal sealed class TnsRecogniser : EvidenceRecogniser
{
    private const int HeaderLength = 8;

    /// <summary>Connect: version, compatible version, and so on up to the place of the description.</summary>
    private const int ConnectLength = 58;

    private const byte Connect = 1;
    private const byte Accept = 2;
    private const byte Refuse = 4;
    private const byte Redirect = 5;
    private const byte Resend = 11;

    /// <summary>Protocol versions since Oracle 7, and room for later ones.</summary>
    private const int FirstVersion = 300;
    private const int LastVersion = 340;

    /// <inheritdoc />
    protected override bool RepliesProve => true;

    /// <inheritdoc />
    protected override Evidence Weigh(ReadOnlySpan<byte> bytes)
    {
        var isForeign = bytes.Length > 2 && (bytes[2] != 0 || (bytes.Length > 3 && bytes[3] != 0));
        if (isForeign || (bytes.Length > 4 && bytes[4] is not (Connect or Accept or Refuse or Redirect or Resend)))
            return Evidence.Foreign;
        if (bytes.Length < HeaderLength)
            return Evidence.Unfinished;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (length < HeaderLength || bytes[6] != 0 || bytes[7] != 0)
            return Evidence.Foreign;
        var body = bytes[HeaderLength..Math.Max(HeaderLength, Math.Min(bytes.Length, length))];
        return bytes[4] switch
        {
            Connect => WeighConnect(body, length),
            Accept => WeighAccept(body, length),
            Resend => length == HeaderLength ? Evidence.Reply : Evidence.Foreign,
            _ => WeighDescription(body, bytes[4] == Refuse ? 4 : 2, length - HeaderLength),
        };
    }

    /// <summary>Both versions, and a description that lies behind the fixed part and within the packet, or whole in the
    /// next one.</summary>
    private static Evidence WeighConnect(ReadOnlySpan<byte> body, int length)
    {
        if (length < ConnectLength - HeaderLength)
            return Evidence.Foreign;
        if (body.Length < 20)
            return Evidence.Unfinished;
        var place = BinaryPrimitives.ReadUInt16BigEndian(body[18..]);
        var isSound = IsVersion(body) && IsVersion(body[2..]) && place >= 26 && place <= length;
        return isSound ? Evidence.Request : Evidence.Foreign;
    }

    private static Evidence WeighAccept(ReadOnlySpan<byte> body, int length)
    {
        if (length < HeaderLength + 16)
            return Evidence.Foreign;
        if (body.Length < 16)
            return Evidence.Unfinished;
        return IsVersion(body) && BinaryPrimitives.ReadUInt16BigEndian(body[12..]) <= length
            ? Evidence.Reply
            : Evidence.Foreign;
    }

    /// <summary>A length and a text in parentheses.</summary>
    private static Evidence WeighDescription(ReadOnlySpan<byte> body, int place, int length)
    {
        if (length <= place)
            return Evidence.Foreign;
        if (body.Length <= place)
            return Evidence.Unfinished;
        return body[place] == '(' && BinaryPrimitives.ReadUInt16BigEndian(body[(place - 2)..]) <= length
            ? Evidence.Reply
            : Evidence.Foreign;
    }

    private static bool IsVersion(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt16BigEndian(bytes) is >= FirstVersion and <= LastVersion;
}
