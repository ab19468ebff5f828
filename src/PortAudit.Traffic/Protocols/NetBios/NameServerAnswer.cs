using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>Detects a NetBIOS name server (WINS) by its responses to unicast requests: nodes respond for their own
/// names, to broadcasts, and do not set the name server flag (RFC 1002 §4.2.1.1; RFC 1001 §15.2 and §15.3).</summary>
internal static class NameServerAnswer
{
    /// <summary>Service name of a name server.</summary>
    public const string Service = "wins";

    private const int NameError = 3;

    /// <summary>True when a request is unicast, to a name server or a single node.</summary>
    public static bool MayFollow(NbnsMessage request) => !request.IsResponse && !request.IsBroadcast
        && (request.Opcode == NbnsOpcode.Query ? request.AsksForAddresses : NbnsOpcode.IsRegistration(request.Opcode));

    /// <summary>True when a datagram, from the flow's responder, answers an earlier one as only a name server
    /// does.</summary>
    public static bool IsIn(NbnsMessage answer, in SentDatagram datagram, IpAddress sender)
    {
        if (!answer.IsResponse || datagram.IsFromOriginator)
            return false;
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (datagram.IsOpposedTo(earlier) && NbnsMessage.TryParse(earlier.Head, out var request, out _)
                && request.Transaction == answer.Transaction && MayFollow(request) && Answers(answer, request, sender))
                return true;
        }

        return false;
    }

    private static bool Answers(NbnsMessage answer, NbnsMessage request, IpAddress sender)
    {
        if (NbnsOpcode.IsRegistration(request.Opcode))
            return answer.Opcode == NbnsOpcode.Wait
                || (NbnsOpcode.IsRegistration(answer.Opcode) && answer.IsOfNameServer && answer.ResponseCode == 0);
        if (answer.Opcode != NbnsOpcode.Query || !answer.IsOfNameServer)
            return false;
        return answer.ResponseCode == 0 ? AreOfOthers(answer.Owners, sender) : answer.ResponseCode == NameError;
    }

    /// <summary>True when none of a name's owners is the sender.</summary>
    private static bool AreOfOthers(ReadOnlySpan<byte> owners, IpAddress sender)
    {
        if (owners.IsEmpty || sender == default)
            return false;
        for (; owners.Length >= NbnsMessage.OwnerLength; owners = owners[NbnsMessage.OwnerLength..])
        {
            if (IpAddress.FromIpv4(owners[2..NbnsMessage.OwnerLength]) == sender)
                return false;
        }

        return owners.IsEmpty;
    }
}
