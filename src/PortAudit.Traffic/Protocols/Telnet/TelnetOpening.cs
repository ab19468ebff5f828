using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Telnet;

/// <summary>The first commands of one direction of a Telnet connection (RFC 854).</summary>
/// <param name="Negotiations">Consecutive option negotiations, a subnegotiation counting twice.</param>
/// <param name="IsSilent">True without any bytes.</param>
/// <param name="IsCut">True when the bytes end within a command.</param>
/// <param name="IsMalformed">True for an invalid command.</param>
/// <param name="SideMatch">Side shown by the options.</param>
internal readonly record struct TelnetOpening(int Negotiations, bool IsSilent, bool IsCut, bool IsMalformed,
    SideMatch SideMatch)
{
    /// <summary>Consecutive negotiations that prove Telnet: of six bytes two are fixed, two one of four, two a known
    /// option.</summary>
    public const int ProvingNegotiations = 2;

    /// <summary>Commands read at most.</summary>
    private const int MaximumCommands = 32;

    /// <summary>Longest subnegotiation: terminal types and environment variables are short.</summary>
    private const int MaximumSubnegotiation = 512;

    private const byte Escape = 255;
    private const byte Dont = 254;
    private const byte Do = 253;
    private const byte Wont = 252;
    private const byte Will = 251;
    private const byte Begin = 250;
    private const byte GoAhead = 249;
    private const byte EndOfRecord = 239;
    private const byte Echo = 1;

    private static ReadOnlySpan<byte> End => [Escape, 240];

    /// <summary>Client-only options: terminal type, window size, speed, X display, environments (RFC 1091, 1073, 1079,
    /// 1096, 1408, 1572).</summary>
    private static ReadOnlySpan<byte> ClientOptions => [24, 31, 32, 35, 36, 39];

    /// <summary>Reads the start of a direction.</summary>
    public static TelnetOpening Read(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        var evidence = SideMatch.EitherSide;
        if (bytes.IsEmpty)
            return new TelnetOpening(0, true, false, false, evidence);
        for (var i = 0; i < MaximumCommands && !bytes.IsEmpty && bytes[0] == Escape; i++)
        {
            var length = LengthOf(bytes);
            if (length <= 0)
                return new TelnetOpening(count, false, length == 0, length < 0, evidence);
            if (bytes[1] == Escape)
                break;
            if (length > 2)
            {
                count += bytes[1] == Begin ? 2 : 1;
                evidence = evidence == SideMatch.EitherSide ? Sender(bytes[1], bytes[2]) : evidence;
            }

            bytes = bytes[length..];
        }

        return new TelnetOpening(count, false, false, false, evidence);
    }

    /// <summary>Length of the first command; 0 when cut, -1 for other bytes.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
            return 0;
        if (bytes[1] is Escape or EndOfRecord or (> 240 and <= GoAhead))
            return 2;
        if (bytes[1] < Begin)
            return -1;
        if (bytes.Length < 3)
            return 0;
        if (!IsOption(bytes[2]))
            return -1;
        if (bytes[1] != Begin)
            return 3;
        var end = bytes[..Math.Min(bytes.Length, MaximumSubnegotiation)].IndexOf(End);
        if (end >= 0)
            return end + End.Length;
        return bytes.Length < MaximumSubnegotiation ? 0 : -1;
    }

    /// <summary>IANA "Telnet Options": 0 to 49, and 138 to 140; MUD servers use some of 69 to 102 and 200 to
    /// 201.</summary>
    private static bool IsOption(byte option) =>
        option is <= 49 or (>= 138 and <= 140) or (>= 69 and <= 102) or 200 or 201;

    private static SideMatch Sender(byte command, byte option)
    {
        if (ClientOptions.Contains(option))
            return command is Will or Wont or Begin ? SideMatch.Request : SideMatch.Reply;
        if (option != Echo)
            return SideMatch.EitherSide;
        return command == Will ? SideMatch.Reply : command is Do or Dont ? SideMatch.Request : SideMatch.EitherSide;
    }
}
