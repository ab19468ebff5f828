using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Rdp;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Cotp;

/// <summary>The start of one direction of an OSI transport connection.</summary>
/// <param name="SideMatch">Match with the protocol.</param>
/// <param name="User">User of the connection, as far as known.</param>
internal readonly record struct CotpOpening(SideMatch SideMatch, CotpUser User)
{
    /// <summary>Reads one direction: connection request or confirm and the first data, or only data if joined in the
    /// middle.</summary>
    public static CotpOpening Read(ReadOnlySpan<byte> stream)
    {
        if (stream.IsEmpty)
            return new CotpOpening(SideMatch.NoData, CotpUser.Open);
        if (!CotpUnit.TryParse(stream, out var unit, out var error))
            return new CotpOpening(error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch,
                CotpUser.Open);
        if (unit.Type == CotpType.Data)
            return ReadData(unit);
        var evidence = unit.Type == CotpType.ConnectionRequest ? SideMatch.Request : SideMatch.Reply;
        if (RdpNegotiation.IsRequest(unit.Variable) || RdpNegotiation.IsResponse(unit.Variable))
            return new CotpOpening(evidence, CotpUser.Rdp);
        var rest = stream[Math.Min(stream.Length, unit.PacketLength)..];
        var isDataNext = CotpUnit.TryParse(rest, out var data, out _) && data.Type == CotpType.Data;
        return new CotpOpening(evidence, isDataNext ? CotpUserData.UserOf(data) : CotpUser.Open);
    }

    private static CotpOpening ReadData(CotpUnit unit)
    {
        var user = CotpUserData.UserOf(unit);
        return new CotpOpening(
            user == CotpUser.Open ? SideMatch.Partial : CotpUserData.SideOf(user, unit.UserData), user);
    }
}
