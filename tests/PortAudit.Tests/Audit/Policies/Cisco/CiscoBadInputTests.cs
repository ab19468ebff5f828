using System.Diagnostics;
using System.Text;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Tests.Audit.Policies.Cisco;

/// <summary>Input that is truncated, huge or hostile.</summary>
public sealed class CiscoBadInputTests
{
    private const string AsaSample = """
        : Saved
        ASA Version 9.8(2)
        interface GigabitEthernet0/0
         nameif outside
         security-level 0
         ip address 192.0.2.1 255.255.255.0
        object network web
         host 10.0.0.1
         nat (inside,outside) static 192.0.2.5 service tcp 80 8080
        object-group service mixed tcp-udp
         port-object range 1 9
         group-object mixed
        time-range t
         absolute end 00:00 1 January 2030
        access-list a line 1 extended permit tcp object web range 1 5 any object-group mixed log interval 3 time-range t
        access-list a extended deny icmp any any unreachable 3 (hitcnt=4) 0x12
        access-group a in interface outside per-user-override
        nat (any,any) after-auto source static web web destination static web web
        route outside 0 0 192.0.2.2
        """;

    private const string IosSample = """
        version 15.2
        object-group network servers
         range 10.0.0.1 10.0.0.9
        interface Ethernet1
         ip address 192.0.2.1 255.255.255.0
         ip access-group a in
        ip route 0.0.0.0 0.0.0.0 192.0.2.2
        ip nat inside source static network 10.0.1.0 192.0.3.0 /24
        ip access-list extended a
         10 permit tcp 10.0.0.0 0.0.255.0 eq 1 2 object-group servers range 1 5 match-any +ack (4 matches)
         evaluate replies
        access-list 10 permit 10.0.0.0 0.0.0.255
        banner motd ^C
        text ^C
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_prefix_is_read(bool isAsa)
    {
        var text = isAsa ? AsaSample : IosSample;
        for (var length = 0; length <= text.Length; length++)
            _ = Read(text[..length], isAsa);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Changed_characters_are_read(bool isAsa)
    {
        var random = new Random(7);
        var text = isAsa ? AsaSample : IosSample;
        for (var run = 0; run < 3000; run++)
        {
            var changed = new StringBuilder(text);
            for (var change = 0; change < 4; change++)
                changed[random.Next(changed.Length)] = " \n0259:/.(),^!\u0001\ud800a"[random.Next(17)];
            var policy = Read(changed.ToString(), isAsa);

            Assert.Equal(policy.Lines.NotEvaluable, policy.NotEvaluable.Length);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Words_in_any_order_are_read(bool isAsa)
    {
        var random = new Random(11);
        var words = (isAsa ? AsaSample : IosSample).Split([' ', '\n']);
        for (var run = 0; run < 300; run++)
        {
            var lines = Enumerable.Range(0, 30).Select(_ => (random.Next(3) == 0 ? " " : "")
                + string.Join(' ', random.GetItems(words, random.Next(1, 12))));
            _ = Read(string.Join('\n', lines), isAsa);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_line_of_a_megabyte_is_cut_and_leaves_the_list_open(bool isAsa)
    {
        var head = isAsa ? "access-list a extended permit ip any any log " : "access-list 101 permit ip any any log ";
        var policy = Read(head + new string('x', 1 << 20), isAsa);

        Assert.StartsWith("longer than", policy.ReasonOf(1), StringComparison.Ordinal);
        Assert.Equal(PolicyOutcome.Undecided, policy.Tcp(isAsa ? "a" : "101", "192.0.2.1", "10.0.0.1"));
        Assert.True(policy.Lists[0].Rules[0].Text.Length < 300);
    }

    [Fact]
    public void Control_characters_of_names_are_escaped()
    {
        var policy = Read("access-list \u001b[31mred extended permit tcp any object \u001b]0;x\u0007", isAsa: true);

        Assert.DoesNotContain(policy.Lists, list => list.Name.Any(char.IsControl));
        Assert.DoesNotContain(policy.Lists.SelectMany(list => list.Rules),
            rule => rule.Name.Any(char.IsControl) || rule.Text.Any(char.IsControl));
        Assert.DoesNotContain(policy.NotEvaluable, entry => (entry.Reason + entry.Text).Any(char.IsControl));
    }

    [Fact]
    public void Long_names_are_shortened_and_stay_apart()
    {
        var name = new string('n', 1000);
        var policy = Read($"access-list {name}1 extended permit ip any any\n"
            + $"access-list {name}2 extended deny ip any any", isAsa: true);

        Assert.Equal(2, policy.Lists.Select(list => list.Name).Distinct().Count());
        Assert.All(policy.Lists, list => Assert.True(list.Name.Length < 300));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fifty_thousand_entries_are_read_in_seconds(bool isAsa)
    {
        var text = string.Join('\n', Enumerable.Range(0, 50_000).Select(number => (isAsa
            ? "access-list a extended permit tcp any host "
            : "access-list 101 permit tcp any host ")
            + $"10.{number >> 16}.{(number >> 8) & 255}.{number & 255} eq {number}"));
        var watch = Stopwatch.StartNew();
        var policy = Read(text, isAsa);

        Assert.Equal(50_000, policy.Lists[0].Rules.Count(rule => !rule.IsImplicit));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_saved_configuration_without_its_end_is_cut_off()
    {
        var policy = Read(AsaSample, isAsa: true);

        Assert.StartsWith("the file is cut off", policy.NotEvaluable[^1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rule_names_are_unique_in_their_list(bool isAsa)
    {
        var policy = Read(isAsa
            ? AsaSample
            : IosSample + "\nip access-list extended a\n 10 permit ip any any\n", isAsa);

        Assert.All(policy.Lists, list => Assert.Equal(list.Rules.Length,
            list.Rules.Select(rule => rule.Name).Distinct(StringComparer.Ordinal).Count()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_line_is_lost(bool isAsa)
    {
        var text = isAsa ? AsaSample : IosSample;
        var lines = Read(text + "\nnonsense here\n", isAsa).Lines;

        Assert.Equal(lines.Total, lines.Understood + lines.NotEvaluable + lines.Other);
        Assert.Equal(text.Split('\n').Length + 1 - (isAsa ? 1 : 0), lines.Total);
    }

    private static Policy Read(string text, bool isAsa) => isAsa ? CiscoSample.Asa(text) : CiscoSample.Ios(text);
}
