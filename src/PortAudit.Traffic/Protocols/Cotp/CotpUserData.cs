using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.S7comm;

namespace PortAudit.Traffic.Protocols.Cotp;

/// <summary>Identifies the user of an OSI transport connection by its first data.</summary>
internal static class CotpUserData
{
    /// <summary>Connect-Initial and Connect-Response of T.125 §7: application tags of two bytes.</summary>
    private const byte LongApplicationTag = 0x7F;
    private const byte ConnectInitial = 0x65;
    private const byte ConnectResponse = 0x66;

    /// <summary>Client and server data on a channel (T.125 §7): choice index in the upper six bits.</summary>
    private const byte SendDataRequest = 0x64;
    private const byte SendDataIndication = 0x68;

    /// <summary>Initiator, channel, priority and segmentation.</summary>
    private const int SendDataLength = 6;
    private const byte SendDataPriority = 0x70;

    /// <summary>The input/output channel ([MS-RDPBCGR] 3.3.1.2); up to 31 virtual channels follow.</summary>
    private const int InputOutputChannel = 1003;
    private const int LastChannel = InputOutputChannel + 31;

    /// <summary>Session SPDUs of the opening: REFUSE, CONNECT, ACCEPT (X.225 §8.3).</summary>
    private const byte SessionRefuse = 12;
    private const byte SessionConnect = 13;
    private const byte SessionAccept = 14;

    /// <summary>H.221 keys of the conference user data, of client and server ([MS-RDPBCGR] 2.2.1.3, 2.2.1.4).</summary>
    private static ReadOnlySpan<byte> ClientKey => "Duca"u8;

    private static ReadOnlySpan<byte> ServerKey => "McDn"u8;

    /// <summary>The user; <see cref="CotpUser.Open"/> with too little data.</summary>
    public static CotpUser UserOf(CotpUnit unit)
    {
        var data = unit.UserData;
        var isCut = unit.UserLength > data.Length;
        if (data.Length < 2)
            return isCut ? CotpUser.Open : CotpUser.Other;
        if (data[0] == LongApplicationTag && data[1] is ConnectInitial or ConnectResponse)
            return Decide(data.IndexOf(ClientKey) >= 0 || data.IndexOf(ServerKey) >= 0, CotpUser.Rdp, isCut);
        if (data[0] is SendDataRequest or SendDataIndication)
            return data.Length < SendDataLength && isCut
                ? CotpUser.Open
                : IsOnDesktopChannel(data) ? CotpUser.Rdp : CotpUser.Other;
        if (data.Length >= S7Telegram.HeaderLength && S7Telegram.IsClassic(data, unit.UserLength))
            return CotpUser.S7;
        if (data.Length >= S7Telegram.HeaderLength && S7Telegram.IsPlus(data, unit.UserLength))
            return CotpUser.S7Plus;
        if (isCut && data.Length < S7Telegram.HeaderLength && S7Telegram.MayBegin(data))
            return CotpUser.Open;
        if (data[0] is SessionRefuse or SessionConnect or SessionAccept)
            return Decide(HasMessageHandlingIdentifier(data), CotpUser.X400, isCut);
        return CotpUser.Other;
    }

    /// <summary>The side that sends such data of a user.</summary>
    public static SideMatch SideOf(CotpUser user, ReadOnlySpan<byte> data) => data switch
    {
        [LongApplicationTag, ConnectInitial, ..] or [SendDataRequest, ..] or [SessionConnect, ..] => SideMatch.Request,
        [LongApplicationTag, ConnectResponse, ..] or [SendDataIndication, ..] or [SessionAccept or SessionRefuse, ..] =>
            SideMatch.Reply,
        _ => user is CotpUser.S7 or CotpUser.S7Plus ? S7Telegram.SideOf(data) : SideMatch.EitherSide,
    };

    private static CotpUser Decide(bool isFound, CotpUser user, bool isCut)
    {
        if (isFound)
            return user;
        return isCut ? CotpUser.Open : CotpUser.Other;
    }

    private static bool IsOnDesktopChannel(ReadOnlySpan<byte> data) =>
        data.Length >= SendDataLength && data[5] == SendDataPriority
        && BinaryPrimitives.ReadUInt16BigEndian(data[3..]) is >= InputOutputChannel and <= LastChannel;

    /// <summary>True when the session's contexts include an object identifier of message handling (joint-iso-itu-t 6,
    /// X.411 annex A): it begins with 0x56 and has two to nine bytes.</summary>
    private static bool HasMessageHandlingIdentifier(ReadOnlySpan<byte> data)
    {
        var rest = data;
        while (rest.IndexOf((byte)0x06) is var at && at >= 0 && rest.Length > at + 2)
        {
            if (rest[at + 1] is >= 2 and <= 9 && rest[at + 2] == 0x56)
                return true;
            rest = rest[(at + 1)..];
        }

        return false;
    }
}
