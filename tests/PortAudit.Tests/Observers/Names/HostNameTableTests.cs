using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Tests.Audit;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Observers.Names;

public sealed class NameBookTests
{
    private static readonly ImmutableArray<(string Address, string Name, NameBasis Ground)> Sightings =
    [
        .. from address in new[] { "9.9.9.9", "192.168.0.1", "10.0.0.1", "8.8.8.8" }
           from number in Enumerable.Range(0, 12)
           from ground in new[] { NameBasis.Sni, NameBasis.DnsAnswer }
           select (address, $"h{number.ToString("00", CultureInfo.InvariantCulture)}", ground),
    ];

    [Fact]
    public void What_is_kept_does_not_depend_on_the_order()
    {
        var random = new Random(20260731);
        var forward = BookOf(Sightings);
        for (var round = 0; round < 20; round++)
        {
            var shuffled = Sightings.ToArray();
            random.Shuffle(shuffled);
            var book = BookOf(shuffled);

            Assert.Equal(forward.ToSightings().AsEnumerable(), book.ToSightings().AsEnumerable());
            Assert.Equal(forward.SightingsNotKept, book.SightingsNotKept);
        }
    }

    [Fact]
    public void The_best_grounds_and_addresses_of_private_use_are_kept_and_the_rest_is_counted()
    {
        var book = BookOf(Sightings);
        var kept = book.ToSightings();

        Assert.Equal(["10.0.0.1", "192.168.0.1", "8.8.8.8"], kept.Select(name => name.Address.ToString()).Distinct());
        Assert.All(kept, name => Assert.Equal(NameBasis.DnsAnswer, name.Basis));
        Assert.Equal(3 * AddressNames.Maximum, kept.Length);
        Assert.Equal(Sightings.Length - kept.Length, book.SightingsNotKept);
    }

    [Fact]
    public void A_name_knows_how_often_and_when_it_was_seen()
    {
        var (book, notes) = (new HostNameTable(), new NameNotes());
        notes.AddText(FlowSample.AddressOf("10.0.0.1"), NameBasis.Dhcp, "WS01");
        book.Add(notes, 7);
        book.Add(notes, 3);

        Assert.Equal(new NameSighting(FlowSample.AddressOf("10.0.0.1"), "ws01", NameBasis.Dhcp, 2, 3, 7),
            Assert.Single(book.ToSightings()));
    }

    [Fact]
    public void A_payload_with_too_many_names_is_counted()
    {
        var (book, notes) = (new HostNameTable(), new NameNotes());
        for (var number = 0; number < NameNotes.Maximum + 5; number++)
            notes.AddText(FlowSample.AddressOf($"10.0.0.{number + 1}"), NameBasis.DnsAnswer, "many");
        book.Add(notes, 1);

        Assert.Equal(NameNotes.Maximum, book.ToSightings().Length);
        Assert.Equal(5, book.SightingsNotKept);
    }

    private static HostNameTable BookOf(IEnumerable<(string Address, string Name, NameBasis Ground)> sightings)
    {
        var (book, notes) = (new HostNameTable(maximumAddresses: 3), new NameNotes());
        foreach (var (address, name, ground) in sightings)
        {
            notes.Clear();
            notes.AddText(FlowSample.AddressOf(address), ground, name);
            book.Add(notes, 1);
        }

        return book;
    }
}
