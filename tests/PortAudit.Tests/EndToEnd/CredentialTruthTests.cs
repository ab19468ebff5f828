using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.EndToEnd;

/// <summary>What is told of credentials in captures of the corpus is what tshark shows, to the connection.</summary>
public sealed class CredentialTruthTests
{
    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [InlineData("*POP3.pcap", CredentialUse.Password,
        "pop.request.command==\"PASS\" || pop.request.parameter==\"PLAIN\"")]
    [InlineData("*IMAP_-_Authenticate_Plain*", CredentialUse.Password,
        "imap.request.command==\"authenticate\" || imap.request.command==\"login\" || smtp.req.command==\"AUTH\"")]
    [InlineData("*ftp-passive-mode.pcap", CredentialUse.Password,
        "ftp.request.command==\"PASS\" && !(ftp.request.arg==\"anonymous\")")]
    [InlineData("*test-l2tp.pcap", CredentialUse.Password, "l2tp && pap.code==1")]
    [InlineData("*nb6-startup.pcap", CredentialUse.Password, "l2tp && pap.code==1")]
    [InlineData("*HTTP_-_NTLM.pcap", CredentialUse.NtlmV1 | CredentialUse.Ntlm2Session,
        "ntlmssp.messagetype==3 && ntlmssp.auth.ntresponse && !ntlmssp.ntlmv2_response")]
    [InlineData("*ntlm_rpc.pcapng", CredentialUse.NtlmV1 | CredentialUse.Ntlm2Session,
        "ntlmssp.messagetype==3 && ntlmssp.auth.ntresponse && !ntlmssp.ntlmv2_response")]
    [InlineData("*snmp.pcap", CredentialUse.Community, "snmp.community")]
    public void Connections_are_those_that_tshark_shows(string pattern, CredentialUse use, string filter)
    {
        var capture = Directory.GetFiles(Repository.Corpus!, pattern).First();
        var expected = Tshark.Fields(capture, filter, "ip.src", "ip.dst").Select(row => Pair(row[0], row[1]))
            .ToHashSet();
        var flows = new List<FlowRecord>();
        using (var captures = CaptureSet.Open([capture], () => Stream.Null))
            TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null, CancellationToken.None);

        Assert.Equal(expected.Order(), flows.Where(flow => flow.Credentials is { } seen && (seen.Use & use) != 0)
            .Select(flow => Pair(flow.Originator.Address.ToString(), flow.Responder.Address.ToString())).Distinct()
            .Order());
    }

    private static string Pair(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? $"{one} {other}" : $"{other} {one}";
}
