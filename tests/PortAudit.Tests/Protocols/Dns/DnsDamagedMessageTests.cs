using PortAudit.Tests.Flows;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Protocols.Dns;

/// <summary>Messages of DNS and of the NetBIOS name service, which has DNS's form, with damage in every place, on ports
/// that nobody registered.</summary>
public sealed class DnsDamagedMessageTests
{
    private const string Query = "1A2B 0100 0001 0000 0000 0000 03777777076578616D706C6503636F6D00 0001 0001";
    private const string Answer = "1A2B 8180 0001 0001 0000 0000 03777777076578616D706C6503636F6D00 0001 0001 C00C "
        + "0001 0001 0000012C 0004 C0000201";
    private const string NetBiosQuery =
        "C0FC 0110 0001 0000 0000 0000 204548454546484443454C4442444346434443454545444341434143414341414100 0020 0001";

    /// <summary>Byte from which on a message is damaged, and no longer told: within the header, or the first
    /// labels.</summary>
    private const int TellingLength = 24;

    [Theory]
    [InlineData(Query, "dns")]
    [InlineData(Answer, "dns")]
    [InlineData(NetBiosQuery, "nbns")]
    public void One_byte_of_whatever_value_in_whatever_place_takes_no_name(string message, string protocol)
    {
        var sound = Hex.Bytes(message);
        var vector = RecogniserVector.Find("query-with-edns");
        for (var at = 0; at < sound.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var damaged = sound.ToArray();
                damaged[at] = (byte)value;

                var claims = string.Join(' ', vector.Claims(damaged, []));

                Assert.True(claims == protocol, $"{claims}: {Convert.ToHexString(damaged)}");
            }
        }
    }

    [Fact]
    public void All_behind_a_place_takes_the_name_until_two_labels_are_sound()
    {
        var sound = Hex.Bytes(Query);
        for (var length = 0; length < sound.Length; length++)
        {
            var damaged = sound.ToArray();
            damaged.AsSpan(length).Fill(0xAA);
            Assert.Equal((length, length < TellingLength ? null : "dns"), (length, Observe(damaged)));
        }
    }

    [Fact]
    public void A_sound_message_that_follows_proves_what_a_damaged_one_resembled()
    {
        var damaged = Hex.Bytes(Query);
        damaged[^1] = 0x49;
        var traffic = new ObservedTraffic();
        traffic.At(0, Udp("10.0.0.9", 50000, "10.0.0.2", 60000, damaged))
            .At(1, Udp("10.0.0.2", 60000, "10.0.0.9", 50000, Hex.Bytes(Answer)));

        var flow = traffic.Flow();

        Assert.Equal(("dns", IdentificationBasis.Payload, new FrameReference(0, 2)),
            (flow.Protocol, flow.ProtocolBasis, flow.ProtocolFrame));
    }

    private static string? Observe(byte[] payload) =>
        new ObservedTraffic().At(0, Udp("10.0.0.9", 50000, "10.0.0.2", 60000, payload)).Flow().Protocol;
}
