using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols;

public sealed class RecogniserTests
{
    private const int Seed = 20261121;
    private const int ChangesPerVector = 300;

    public static TheoryData<string> Names => [.. RecogniserVector.All.Select(vector => vector.Name)];

    private static string TransportOf(RecogniserVector vector) =>
        vector.Transport == IpProtocol.Tcp ? "tcp" : vector.Transport == IpProtocol.Udp ? "udp" : "icmp";

    private static IEnumerable<ProtocolRow> RowsWithRecogniser =>
        ProtocolRegistry.Rows.Where(row => (row.OverTcp ?? row.OverUdp ?? row.OverIcmp) is not null);

    [Fact]
    public void Every_recogniser_has_vectors_over_each_transport_and_every_vector_has_its_own_name()
    {
        var recognisers = RowsWithRecogniser.SelectMany(row => new (string Name, string Transport,
            IRecogniser? Recogniser)[] { (row.Name, "tcp", row.OverTcp), (row.Name, "udp", row.OverUdp),
                (row.Name, "icmp", row.OverIcmp) });

        Assert.Empty(recognisers.Where(each => each.Recogniser is not null).Select(each => (each.Name, each.Transport))
            .Except(RecogniserVector.All.Select(vector => (vector.Protocol!, TransportOf(vector)))));
        Assert.Empty(RecogniserVector.All.GroupBy(vector => vector.Name).Where(group => group.Count() > 1)
            .Select(group => group.Key));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_expected_recogniser_claims_a_vector(string name)
    {
        var vector = RecogniserVector.Find(name);

        Assert.Equal(vector.Protocol is null ? [] : [vector.Protocol],
            vector.Claims(vector.FromOriginator, vector.FromResponder));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Service_and_client_are_as_expected(string name)
    {
        var vector = RecogniserVector.Find(name);
        if (vector.Protocol is null)
            return;

        vector.Ask(ProtocolRegistry.Find(vector.Protocol)!, vector.FromOriginator, vector.FromResponder, isWhole: true,
            out var recognition);

        Assert.Equal(vector.Strength, recognition.Strength);
        Assert.Equal(vector.Service, recognition.Service);
        Assert.Equal(vector.Client, recognition.Client);
        Assert.Equal(vector.Service is null, recognition.ServiceBasis == IdentificationBasis.None);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Exchanging_the_ends_exchanges_the_client(string name)
    {
        var vector = RecogniserVector.Find(name);
        if (vector.Protocol is null)
            return;

        vector.Ask(ProtocolRegistry.Find(vector.Protocol)!, vector.FromResponder, vector.FromOriginator, isWhole: true,
            out var recognition);

        var expected = vector.Client switch
        {
            ClientSide.Originator => ClientSide.Responder,
            ClientSide.Responder => ClientSide.Originator,
            _ => ClientSide.Unknown,
        };
        Assert.Equal(expected, recognition.Client);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_prefix_is_another_protocol_and_a_stream_once_proved_stays_proved(string name)
    {
        var vector = RecogniserVector.Find(name);
        if (vector.Protocol is null)
            return;

        CheckPrefixes(vector, vector.FromOriginator.Length, length => (vector.FromOriginator[..length], []));
        CheckPrefixes(vector, vector.FromResponder.Length,
            length => (vector.FromOriginator, vector.FromResponder[..length]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stream_that_agrees_so_far_is_not_given_up(string name)
    {
        var vector = RecogniserVector.Find(name);
        if (vector.Protocol is null || vector.Transport != IpProtocol.Tcp)
            return;

        var row = ProtocolRegistry.Find(vector.Protocol)!;
        for (var length = 0; length < vector.FromOriginator.Length; length++)
        {
            var answer = vector.Ask(row, vector.FromOriginator.AsSpan(..length), [], isWhole: true, out _);
            Assert.NotEqual((length, RecogniserAnswer.NoMatch), (length, answer));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Changed_bytes_neither_throw_nor_have_two_claimants(string name)
    {
        var vector = RecogniserVector.Find(name);
        var random = new Random(Seed);
        for (var i = 0; i < ChangesPerVector; i++)
        {
            var originator = vector.FromOriginator.ToArray();
            var responder = vector.FromResponder.ToArray();
            var changed =
                responder.Length == 0 || (originator.Length > 0 && random.Next(2) == 0) ? originator : responder;
            if (changed.Length > 0)
                changed[random.Next(random.Next(2) == 0 ? Math.Min(changed.Length, 128) : changed.Length)] =
                    (byte)random.Next(256);
            if (vector.Transport != IpProtocol.Tcp && random.Next(4) == 0)
                RecogniserVector.SetEdge(changed, random);

            var claims = vector.WithChangedHistory(random).Claims(originator, responder, isWhole: i % 2 == 0);

            Assert.True(claims.Count <= 1,
                $"{string.Join(' ', claims)}: {Convert.ToHexString(originator)} {Convert.ToHexString(responder)}");
        }
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    [InlineData("icmp")]
    [InlineData("icmp6")]
    public void Random_bytes_neither_throw_nor_are_claimed(string transport)
    {
        Assert.True(IpProtocol.TryParse(transport, out var protocol));
        var vector = new RecogniserVector("random", protocol, 40000, 50000, null, null, ClientSide.Unknown);
        var random = new Random(Seed);
        var bytes = new byte[200];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)i;
            Assert.Empty(vector.Claims(bytes.AsSpan(..random.Next(bytes.Length)), []));
        }
    }

    [Fact]
    public void Silence_waits_on_a_stream_and_is_nothing_in_a_datagram()
    {
        foreach (var row in RowsWithRecogniser)
        {
            var recognition = default(Recognition);
            Assert.NotEqual(RecogniserAnswer.Match,
                row.OverTcp?.Recognise(new Conversation(IpProtocol.Tcp, 1, 2, [], [], true), ref recognition));
            Assert.Equal(RecogniserAnswer.NoMatch, row.OverUdp?.Recognise(new Conversation(IpProtocol.Udp, 1, 2, [], [],
                true), ref recognition) ?? RecogniserAnswer.NoMatch);
            Assert.Equal(RecogniserAnswer.NoMatch, row.OverIcmp?.Recognise(new Conversation(IpProtocol.Icmp, 8, 0, [],
                [], true), ref recognition) ?? RecogniserAnswer.NoMatch);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Recognising_allocates_nothing(string name)
    {
        var vector = RecogniserVector.Find(name);
        foreach (var row in RowsWithRecogniser)
        {
            var allocated = Allocation.Least(() =>
                vector.Ask(row, vector.FromOriginator, vector.FromResponder, isWhole: true, out _));

            Assert.Equal((row.Name, 0), (row.Name, allocated));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recogniser_says_no_to_every_datagram_that_it_is_not_asked_about(string name)
    {
        var vector = RecogniserVector.Find(name);
        if (vector.Transport == IpProtocol.Tcp)
            return;

        foreach (var row in RowsWithRecogniser)
        {
            if ((vector.Transport == IpProtocol.Udp ? row.OverUdp : row.OverIcmp) is { } recogniser)
                CheckFirstBytes(vector, row, recogniser);
        }
    }

    [Fact]
    public void Most_recognisers_are_not_asked_about_a_datagram_of_any_kind()
    {
        var asked = Enumerable.Range(0, 256)
            .Average(first => RowsWithRecogniser.Count(row => row.OverUdp?.MayBeginWith((byte)first) == true));

        Assert.InRange(asked, 1, RowsWithRecogniser.Count(row => row.OverUdp is not null) * 0.4);
    }

    private static void CheckFirstBytes(RecogniserVector vector, ProtocolRow row, IRecogniser recogniser)
    {
        var originator = vector.FromOriginator.ToArray();
        var responder = vector.FromResponder.ToArray();
        var datagram = originator.Length > 0 ? originator : responder;
        for (var first = 0; first <= byte.MaxValue && datagram.Length > 0; first++)
        {
            datagram[0] = (byte)first;
            if (recogniser.MayBeginWith(datagram[0]))
                continue;
            Assert.Equal((row.Name, first, RecogniserAnswer.NoMatch),
                (row.Name, first, vector.Ask(row, originator, responder, isWhole: true, out _)));
            Assert.Equal((row.Name, first, RecogniserAnswer.NoMatch),
                (row.Name, first, vector.Ask(row, originator, responder, isWhole: false, out _)));
        }
    }

    private static void CheckPrefixes(RecogniserVector vector, int whole,
        Func<int, (byte[] Originator, byte[] Responder)> cut)
    {
        var isStream = vector.Transport == IpProtocol.Tcp;
        var isProved = false;
        for (var length = 0; length <= whole; length++)
        {
            var (originator, responder) = cut(length);
            var claims = vector.Claims(originator, responder, isWhole: isStream || length == whole);
            Assert.DoesNotContain(claims, claim => claim != vector.Protocol);
            Assert.True(claims.Count == 1 || !(isProved && isStream), $"lost at {length}");
            isProved |= claims.Count == 1;
        }
    }
}
