using System.Globalization;
using PortAudit.Tests.Announcements;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Protocols.Smb;

/// <summary>What the endpoint mapper announces inside SMB is what tshark reads there, in the same frames.</summary>
public sealed class SmbAnnouncementTruthTests
{
    /// <summary>What tshark 4.0 does not follow: the file of a request that is related to another, and an answer in
    /// parts that may overtake each other.</summary>
    private static readonly string[] NotFollowed = ["smb2-compounded-and-answered", "smb1-answer-in-two-parts"];

    public static TheoryData<string> Conversations =>
    [
        .. AnnouncementVector.All
            .Where(vector => vector.Protocol is "smb" or "smb2" && vector.Told.StartsWith('*')
                && !vector.Messages.Any(message => message.IsAfterGap))
            .Select(vector => vector.Name)
            .Except(NotFollowed),
    ];

    [NeedsTheory(Part.Tshark)]
    [MemberData(nameof(Conversations))]
    public void An_answer_of_the_mapper_announces_what_tshark_reads_in_it(string name)
    {
        using var scratch = new ScratchDirectory();
        var path = VectorCapture.Write(AnnouncementVector.All.Single(vector => vector.Name == name),
            Path.Combine(scratch.Path, "smb.pcap"));
        var expected = Tshark.Fields(path, "epm && epm.proto.tcp_port && dcerpc.pkt_type == 2", "frame.number",
            "epm.proto.tcp_port");

        Assert.Equal(
            expected.SelectMany(row => row[1].Split(',').Select(port => (Number(row[0]), Number(port)))),
            VectorCapture.Announced(path)
                .Select(announcement => (announcement.Frame.Number, (long)announcement.Server.Port)));
        Assert.All(VectorCapture.Announced(path), announcement => Assert.Equal("dcerpc", announcement.AnnouncedBy));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
