using PortAudit.Audit.Passages;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.Passages.TwoSides;

namespace PortAudit.Tests.Audit.Passages;

/// <summary>What the two sides of a device tell of it.</summary>
public sealed class PassageComparisonTests
{
    private static readonly Ends Plain = new("203.0.113.10", 40000, "10.0.0.10", 80);

    private static Ends From(ushort port) => Plain with { ClientPort = port };

    /// <summary>Two connections that pass, so that it is known what lies on which side, five seconds before and
    /// after.</summary>
    private static TwoSides Surrounded(TwoSides? sides = null) => (sides ?? new TwoSides())
        .Connection(Begin, From(1)).Connection(Begin + 20, From(2));

    private static Passage Other(PassageReport report) =>
        Assert.Single(report.Passages, passage => passage.Flow.Originator.Port > 2);

    [Fact]
    public void What_both_sides_recorded_passed()
    {
        var report = new TwoSides().Connection(Begin, Plain).Compare();

        var passage = Assert.Single(report.Passages);
        Assert.Equal((Fate.Passed, PairingBasis.Addresses), (passage.Fate, passage.Basis));
        Assert.Equal((Outside, Inside), (passage.Near!.CapturePoint, passage.Far!.CapturePoint));
        Assert.Equal([ChangeKind.HopLimit, ChangeKind.HopLimit], passage.Changes.Select(change => change.Kind));
    }

    [Fact]
    public void Translated_sources_are_one_connection_and_one_rule()
    {
        var report = new TwoSides()
            .Connection(Begin, From(40001), new Ends("198.51.100.1", 61001, "10.0.0.10", 80))
            .Connection(Begin + 1, From(40002), new Ends("198.51.100.1", 61002, "10.0.0.10", 80))
            .Compare();

        Assert.Equal([Fate.Translated, Fate.Translated], report.Passages.Select(passage => passage.Fate));
        Assert.All(report.Passages, passage => Assert.Equal(PairingBasis.SequenceNumbers, passage.Basis));
        Assert.Equal(new TranslationRow(true, "203.0.113.10", "198.51.100.1", 2, 0),
            Assert.Single(report.Translations));
    }

    [Fact]
    public void A_translated_destination_is_told_with_its_ports()
    {
        var report = new TwoSides().Connection(Begin, Plain with { Server = "198.51.100.1", ServerPort = 8080 }, Plain)
            .Compare();

        Assert.Equal(new TranslationRow(false, "198.51.100.1:8080", "10.0.0.10:80", 1, 0),
            Assert.Single(report.Translations));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_translated_connection_whose_beginning_a_point_missed_is_paired_by_its_segments(bool isSynOutside)
    {
        var inner = new Ends("198.51.100.1", 61001, "10.0.0.10", 80);
        var sides = new TwoSides();
        if (isSynOutside)
            sides.At(Begin, Outside, Plain.There(TcpFlags.Syn, 99, 0));
        for (var turn = 0u; turn < 4; turn++)
        {
            byte[] said = [1, 2, 3, 4, (byte)turn];
            var (sent, answered) = (100 + (turn * 5), 700 + (turn * 5));
            sides.FromClient(Begin + 1 + turn, Plain.There(TcpFlags.Ack, sent, answered, said),
                    inner.There(TcpFlags.Ack, sent, answered, said))
                .FromServer(Begin + 1.5 + turn, inner.Back(TcpFlags.Ack, answered, sent + 5, said),
                    Plain.Back(TcpFlags.Ack, answered, sent + 5, said));
        }

        var passage = Assert.Single(sides.Compare().Passages);

        Assert.Equal((Fate.Translated, PairingBasis.Packets), (passage.Fate, passage.Basis));
    }

    [Fact]
    public void Other_sequence_numbers_are_a_change_and_no_proxy()
    {
        var report = new TwoSides().Connection(Begin, Plain, shift: 1_000_000).Compare();

        var passage = Assert.Single(report.Passages);
        Assert.Equal(Fate.Passed, passage.Fate);
        Assert.Contains(new PassageChange(ChangeKind.SequenceNumber, false, "", ""), passage.Changes);
    }

    [Fact]
    public void A_device_that_answers_the_SYN_itself_is_a_SYN_proxy()
    {
        var sides = new TwoSides()
            .At(Begin, Outside, Plain.There(TcpFlags.Syn, 100, 0))
            .At(Begin + 0.001, Outside, Plain.Back(TcpFlags.Syn | TcpFlags.Ack, 900, 101))
            .At(Begin + 0.002, Outside, Plain.There(TcpFlags.Ack, 101, 901))
            .At(Begin + 0.003, Inside, Plain.There(TcpFlags.Syn, 100, 0))
            .At(Begin + 0.010, Inside, Plain.Back(TcpFlags.Syn | TcpFlags.Ack, 500, 101))
            .At(Begin + 0.011, Inside, Plain.There(TcpFlags.Ack, 101, 501));

        Assert.Equal(Fate.Proxied, Assert.Single(sides.Compare().Passages).Fate);
    }

    [Fact]
    public void The_same_bytes_in_another_connection_are_a_proxy()
    {
        const string request = "GET /a-page-with-a-name HTTP/1.1\r\nHost: www.contoso.test\r\n\r\n";
        var inner = new Ends("10.0.0.1", 50000, "10.0.0.20", 8000);
        var sides = Surrounded();
        foreach (var (ends, point, begin, isn) in new[]
        {
            (Plain, Outside, Begin + 5, 10u), (inner, Inside, Begin + 5.2, 77u),
        })
        {
            sides.At(begin, point, ends.There(TcpFlags.Syn, isn, 0))
                .At(begin + 0.01, point, ends.Back(TcpFlags.Syn | TcpFlags.Ack, isn + 5000, isn + 1))
                .At(begin + 0.02, point, ends.There(TcpFlags.Ack, isn + 1, isn + 5001,
                    System.Text.Encoding.ASCII.GetBytes(request)));
        }

        var passage = Other(sides.Compare());
        Assert.Equal((Fate.Proxied, PairingBasis.Payload), (passage.Fate, passage.Basis));
        Assert.Equal("likely", passage.Basis!.Value.ToCertainty());
    }

    [Fact]
    public void Attempts_that_do_not_come_out_were_dropped()
    {
        var passage = Other(Surrounded().Attempts(Begin + 5, Plain).Compare());

        Assert.Equal((Fate.Dropped, null), (passage.Fate, passage.Basis));
        Assert.Contains("3 attempts", passage.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_dropped_where_nothing_like_it_passed()
    {
        var passage = Other(Surrounded().Attempts(Begin + 5, Plain with { Server = "10.9.9.9" }).Compare());

        Assert.Equal(Fate.NotOnTheWay, passage.Fate);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(30)]
    public void Nothing_is_dropped_while_the_other_point_did_not_watch(int second)
    {
        var passage = Other(Surrounded().Attempts(Begin + second, Plain).Compare());

        Assert.Equal(Fate.NotProved, passage.Fate);
    }

    [Theory]
    [InlineData(1, Fate.NotProved)]
    [InlineData(12, Fate.Dropped)]
    public void A_single_attempt_is_not_dropped_where_the_other_capture_loses_packets(int attempts, Fate fate)
    {
        // The inner point lacks what the client said, which the server acknowledges.
        var sides = Surrounded();
        for (ushort port = 30_000; port < 30_005; port++)
        {
            var ends = From(port);
            byte[] request = [1, 2, 3, 4, 5];
            sides.FromClient(Begin + 2, ends.There(TcpFlags.Syn, 10, 0), ends.There(TcpFlags.Syn, 10, 0))
                .FromServer(Begin + 2.1, ends.Back(TcpFlags.Syn | TcpFlags.Ack, 20, 11),
                    ends.Back(TcpFlags.Syn | TcpFlags.Ack, 20, 11))
                .FromClient(Begin + 2.2, ends.There(TcpFlags.Ack, 11, 21, request), null)
                .FromServer(Begin + 2.3, ends.Back(TcpFlags.Ack, 21, 16), ends.Back(TcpFlags.Ack, 21, 16));
        }

        var report = sides.Attempts(Begin + 3, Plain, attempts).Compare();

        Assert.Equal(fate, Assert.Single(report.Passages, passage => passage.Far is null).Fate);
    }

    [Fact]
    public void A_gateway_that_rewrites_SIP_is_told()
    {
        var (outer, inner) = (new Ends("10.0.0.5", 5060, "203.0.113.5", 5060), new Ends("198.51.100.1", 5060,
            "203.0.113.5", 5060));
        static byte[] Invite(string address) => System.Text.Encoding.ASCII.GetBytes("INVITE sip:bob@contoso.test "
            + $"SIP/2.0\r\nVia: SIP/2.0/UDP {address};branch=z9hG4bK1\r\nFrom: <sip:a@contoso.test>;tag=1\r\n"
            + $"To: <sip:bob@contoso.test>\r\nCall-ID: 4711@contoso.test\r\nCSeq: 1 INVITE\r\nContact: <sip:a@"
            + $"{address}>\r\nContent-Length: 0\r\n\r\n");

        var passage = Assert.Single(new TwoSides()
            .FromClient(Begin, outer.Ask(Invite("10.0.0.5")), inner.Ask(Invite("198.51.100.1"))).Compare().Passages);

        Assert.Equal((Fate.Translated, PairingBasis.Packets), (passage.Fate, passage.Basis));
        Assert.Contains(new PassageChange(ChangeKind.Content, true, "", ""), passage.Changes);
    }

    [Theory]
    [InlineData(64, Fate.Answered)]
    [InlineData(63, Fate.NotProved)]
    public void An_answer_is_the_device_s_own_where_its_hop_limit_says_so(byte hopLimit, Fate fate)
    {
        var sides = Surrounded()
            .At(Begin + 5, Outside, Plain.There(TcpFlags.Syn, 100, 0))
            .At(Begin + 5.01, Outside, Plain.Back(TcpFlags.Syn | TcpFlags.Ack, 900, 101).From(hopLimit))
            .At(Begin + 5.02, Outside, Plain.There(TcpFlags.Ack, 101, 901));

        Assert.Equal(fate, Other(sides.Compare()).Fate);
    }

    [Fact]
    public void A_reset_that_the_server_did_not_send_is_the_device_s()
    {
        var sides = Surrounded().Connection(Begin + 5, Plain)
            .At(Begin + 6, Outside, Plain.Back(TcpFlags.Rst | TcpFlags.Ack, 1, 1).From(64));

        Assert.Equal(Fate.Reset, Other(sides.Compare()).Fate);
    }

    [Fact]
    public void Answers_that_do_not_come_back_were_dropped_unless_the_client_goes_on()
    {
        var silent = Surrounded();
        var other = Surrounded();
        foreach (var (sides, goesOn) in new[] { (silent, false), (other, true) })
        {
            sides.FromClient(Begin + 5, Plain.There(TcpFlags.Syn, 100, 0), Plain.There(TcpFlags.Syn, 100, 0))
                .FromServer(Begin + 5.1, Plain.Back(TcpFlags.Syn | TcpFlags.Ack, 900, 101), null);
            if (goesOn)
                sides.FromClient(Begin + 5.2, Plain.There(TcpFlags.Ack, 101, 901), Plain.There(TcpFlags.Ack, 101, 901));
        }

        Assert.Equal(Fate.Dropped, Other(silent.Compare()).Fate);
        Assert.Equal(Fate.Passed, Other(other.Compare()).Fate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.75)]
    [InlineData(7_200)]
    public void Clocks_may_be_apart_by_any_time(double ahead)
    {
        var report = Surrounded(new TwoSides { ClockAhead = ahead }).Attempts(Begin + 5, Plain).Compare();

        Assert.Equal(2, Connections(report, Fate.Passed));
        Assert.Equal(1, Connections(report, Fate.Dropped));
        Assert.Equal(ClockFit.Constant, report.Clock.Fit);
        var window = Assert.Single(report.Clock.Windows);
        Assert.InRange((long)(ahead * 1e9), window.LowestNs, window.HighestNs);
        Assert.Equal(2_000_000, (window.HighestNs - window.LowestNs) / 2, 1000d);
    }

    [Fact]
    public void A_clock_that_drifts_gets_a_line()
    {
        var sides = new TwoSides { Drift = 0.000_1 };
        for (ushort number = 1; number < 20; number++)
            sides.Connection(Begin + (number * 100), From(number));
        var report = sides.Compare();

        Assert.Equal(ClockFit.Drift, report.Clock.Fit);
        Assert.Equal(100_000, report.Clock.DriftPerSecond, 5_000d);
        Assert.Equal(19, Connections(report, Fate.Passed));
    }

    [Fact]
    public void The_same_capture_twice_is_named()
    {
        var sides = new TwoSides();
        foreach (var point in new[] { Outside, Inside })
        {
            sides.At(Begin, point, Plain.There(TcpFlags.Syn, 100, 0))
                .At(Begin + 0.1, point, Plain.Back(TcpFlags.Syn | TcpFlags.Ack, 900, 101))
                .At(Begin + 0.2, point, Plain.There(TcpFlags.Ack, 101, 901));
        }

        Assert.Contains(sides.Compare().Notes, note => note.Contains("one capture, given twice",
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_point_that_sees_one_direction_proves_no_drop()
    {
        var report = Surrounded(new TwoSides { InsideIsOneWay = true }).Attempts(Begin + 5, Plain).Compare();

        Assert.Equal(0, Connections(report, Fate.Dropped));
        Assert.Contains(report.Notes, note => note.StartsWith("inside recorded one direction only",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Captures_of_different_times_share_nothing()
    {
        var report = new TwoSides().At(Begin, Outside, Plain.There(TcpFlags.Syn, 1, 0))
            .At(Begin + 9000, Inside, From(9).There(TcpFlags.Syn, 2, 0)).Compare();

        Assert.Equal(0, Connections(report, Fate.Dropped));
        Assert.Contains(report.Notes, note => note.Contains("different times", StringComparison.Ordinal));
    }

    [Fact]
    public void Datagrams_are_paired_by_their_question_though_the_answer_is_changed()
    {
        var (outer, inner) = (new Ends("192.168.1.5", 50000, "8.8.4.4", 53), new Ends("198.51.100.1", 60000, "8.8.4.4",
            53));
        byte[] question = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, .. "www"u8, 4, .. "test"u8, 0, 0, 1, 0, 1];
        byte[] AnswerOf(byte last)
        {
            byte[] answer = [.. question, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, last];
            (answer[2], answer[7]) = (0x81, 1);
            return answer;
        }

        var report = new TwoSides()
            .FromClient(Begin, outer.Ask(question), inner.Ask(question))
            .FromServer(Begin + 0.1, inner.Answer(AnswerOf(1)), outer.Answer(AnswerOf(2)))
            .Compare();

        var passage = Assert.Single(report.Passages);
        Assert.Equal((Fate.Translated, PairingBasis.Packets), (passage.Fate, passage.Basis));
        Assert.Contains(new PassageChange(ChangeKind.Content, false, "", ""), passage.Changes);
        Assert.DoesNotContain(new PassageChange(ChangeKind.Content, true, "", ""), passage.Changes);
    }

    [Fact]
    public void Data_that_stops_coming_out_was_dropped_midway()
    {
        var sides = Surrounded().Connection(Begin + 5, Plain);
        var request = new byte[1200];
        var connection = Other(sides.Compare());
        var next = connection.Near!.Trace!.Out.Opening!.SequenceNumber + 6;
        sides = Surrounded().Connection(Begin + 5, Plain);
        for (var retry = 0; retry < 4; retry++)
            sides.FromClient(Begin + 6 + retry, Plain.There(TcpFlags.Ack, next, 1, request), null);

        var passage = Other(sides.Compare());
        Assert.Equal(Fate.Dropped, passage.Fate);
        Assert.Contains("it passed at first", passage.Why, StringComparison.Ordinal);
    }

    private static int Connections(PassageReport report, Fate fate) =>
        report.Fates.Where(row => row.Fate == fate).Sum(row => row.Connections);
}
