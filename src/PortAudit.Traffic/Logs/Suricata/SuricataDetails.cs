using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>What events other than <c>flow</c> say of a flow, by <c>flow_id</c> and ends, within a limit; and names of
/// hosts.</summary>
internal sealed class SuricataDetails
{
    /// <summary>Flows kept: some 300 bytes each, a kilobyte with a handshake.</summary>
    public const int Maximum = 500_000;

    private const ushort DnsPort = 53;
    private const ushort SmbPort = 445;
    private const ushort SmbOverNetBiosPort = 139;
    private const string PipeShare = "IPC$";

    private readonly Dictionary<Key, SuricataDetail> _byFlow = [];

    /// <summary>Names of addresses.</summary>
    public HostNameTable Names { get; } = new();

    /// <summary>Events that were left out for the limit.</summary>
    public long NotKept { get; private set; }

    /// <summary>What is known of a flow; null when nothing is.</summary>
    public SuricataDetail? Find(in SuricataFlow flow) =>
        _byFlow.Count > 0
        && ulong.TryParse(flow.Identifier, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? _byFlow.GetValueOrDefault(Key.Of(id, flow.From, flow.To))
            : null;

    /// <summary>Adds an event other than of a flow. Those that say nothing more than their flow does are passed
    /// over.</summary>
    public void Add(EveEvent row, FrameReference line)
    {
        if (row.Is("tls"u8))
        {
            if (Of(row) is { Tls: null } undescribed)
                undescribed.Tls = SuricataTls.Of(row);
        }
        else if (row.Is("quic"u8))
        {
            if (row.Has(EveField.QuicSni) && Of(row) is { Tls: null } undescribed)
                undescribed.Tls = SuricataTls.OfQuic(row);
        }
        else if (row.Is("smb"u8))
            AddSmb(row, line);
        else if (row.Is("dcerpc"u8))
            AddRpc(row, line);
        else if (row.Is("dns"u8))
            AddAnswers(row);
        else if (row.Is("krb5"u8))
            AddTicket(row);
        else if (row.Is("dhcp"u8))
            AddLease(row);
    }

    private SuricataDetail? Of(EveEvent row)
    {
        if (row.Count(EveField.FlowId) is not { } id || EndOf(row, EveField.SourceAddress, EveField.SourcePort)
            is not { } source || EndOf(row, EveField.TargetAddress, EveField.TargetPort) is not { } target)
            return null;
        var key = Key.Of((ulong)id, source, target);
        if (_byFlow.TryGetValue(key, out var known))
            return known;
        if (_byFlow.Count == Maximum)
        {
            NotKept++;
            return null;
        }

        return _byFlow[key] = new SuricataDetail();
    }

    private static Endpoint? EndOf(EveEvent row, EveField address, EveField port) =>
        IpAddress.TryParse(row[address], out var of) ? new Endpoint(of, row.Port(port) ?? 0) : null;

    private void AddSmb(EveEvent row, FrameReference line)
    {
        if (row.Text(EveField.Dialect) is { Length: > 0 } dialect and not ("unknown" or "invalid"))
            NoteDialect(row, isSmb1: !char.IsAsciiDigit(dialect[0]));
        if (row.Has(EveField.NtlmHost))
            AddName(row, ClientOf(row), row.Text(EveField.NtlmHost), NameBasis.Ntlm);
        if ((row.Text(EveField.Share) ?? row.Text(EveField.NamedPipe)) is { } path)
            AddShare(row, path, line);
        if (row.Has(EveField.RpcRequest))
            AddRpc(row, line);
    }

    private void NoteDialect(EveEvent row, bool isSmb1)
    {
        // Later versions are numbers; an offer of the first one may lead to them.
        if (Of(row) is { } detail)
            detail.IsSmb1 = isSmb1;
    }

    /// <summary>A share's own name is not kept; IPC$ is how RPC travels, and administrative ones are no file
    /// shares.</summary>
    private void AddShare(EveEvent row, string path, FrameReference line)
    {
        var parts = path.TrimEnd('\0').TrimStart('\\').Split('\\');
        if (parts.Length > 1)
            AddName(row, ServerOf(row), parts[0], NameBasis.Smb);
        if (parts[^1].EndsWith('$') || parts[^1].Equals(PipeShare, StringComparison.OrdinalIgnoreCase)
            || row.Text(EveField.SmbStatus) is not "0x0")
            return;
        if (row.Text(EveField.ShareType) is "FILE" or "PRINT"
            || row.Text(EveField.ShareService)?.TrimEnd('\0') is "A:" or "LPT1:")
            Of(row)?.Keep(CarriedKind.Share, CarriedUse.FileShare, 0, line);
    }

    /// <summary>The interfaces that a server accepted, and the calls. A call names no interface: it is that of the
    /// connection, if there is but one.</summary>
    private void AddRpc(EveEvent row, FrameReference line)
    {
        if (row[EveField.RpcRequest].StartsWith("ALTER"u8))
        {
            if (Of(row) is { } altered)
                altered.OnlyInterface = "";
            return;
        }

        foreach (var text in row.Texts(EveField.RpcInterfaces))
        {
            if (Guid.TryParse(text, out var uuid) && RpcInterfaces.Find(uuid) is { } known && Of(row) is { } detail)
            {
                detail.Keep(CarriedKind.Interface, known, 0, line);
                detail.OnlyInterface = detail.OnlyInterface is null || detail.OnlyInterface == known ? known : "";
            }
        }

        if (row[EveField.RpcResponse].SequenceEqual("RESPONSE"u8) && row.Port(EveField.RpcOperation) is { } operation
            && Of(row) is { OnlyInterface: { Length: > 0 } called } of)
            of.Keep(CarriedKind.Call, called, operation, line);
    }

    /// <summary>The name that was asked for is one of all addresses that answer it, behind aliases or not.</summary>
    private void AddAnswers(EveEvent row)
    {
        if ((row.Port(EveField.SourcePort) != DnsPort && row.Port(EveField.TargetPort) != DnsPort)
            || row.Text(EveField.DnsType) is not ("answer" or "response"))
            return;
        var name = row.Text(EveField.DnsName)?.Split((char)LogRow.Between)[0];
        foreach (var answer in row.Texts(EveField.DnsAnswers))
        {
            if (IpAddress.TryParse(answer, out var address))
                AddName(row, address, name, NameBasis.DnsAnswer);
        }
    }

    /// <summary>A client whose name ends in a dollar sign is the computer itself (RFC 4120 §6.2, [MS-KILE]
    /// 3.3.1.1).</summary>
    private void AddTicket(EveEvent row)
    {
        if (!row.Has(EveField.KerberosError) && row.Text(EveField.ClientName) is { Length: > 1 } name
            && name.EndsWith('$'))
            AddName(row, ClientOf(row), name[..^1], NameBasis.Kerberos);
    }

    /// <summary>A client that renews names itself with its address; a server confirms both in its answer.</summary>
    private void AddLease(EveEvent row)
    {
        var field = row.Text(EveField.DhcpType) == "reply" ? EveField.DhcpAssigned : EveField.DhcpClient;
        if (IpAddress.TryParse(row[field], out var address) && !address.IsUnspecified)
            AddName(row, address, row.Text(EveField.DhcpHost), NameBasis.Dhcp);
    }

    /// <summary>The client of SMB or Kerberos: who sent the first packet, unless the ports say otherwise.</summary>
    private static IpAddress? ClientOf(EveEvent row) => AddressOf(row, IsFromServer(row)
        ? EveField.TargetAddress
        : EveField.SourceAddress);

    private static IpAddress? ServerOf(EveEvent row) => AddressOf(row, IsFromServer(row)
        ? EveField.SourceAddress
        : EveField.TargetAddress);

    private static bool IsFromServer(EveEvent row) => IsService(row.Port(EveField.SourcePort))
        && !IsService(row.Port(EveField.TargetPort));

    private static bool IsService(ushort? port) => port is SmbPort or SmbOverNetBiosPort or KerberosPort;

    private const ushort KerberosPort = 88;

    private static IpAddress? AddressOf(EveEvent row, EveField field) =>
        IpAddress.TryParse(row[field], out var address) ? address : null;

    private void AddName(EveEvent row, IpAddress? address, string? name, NameBasis basis)
    {
        if (address is { } of)
            LogNames.Add(Names, of, name, basis, row.TimeNs(EveField.Timestamp, out _));
    }

    /// <summary>The ends go in, as two sensors may give one identifier.</summary>
    private readonly record struct Key(ulong Id, Endpoint Low, Endpoint High)
    {
        public static Key Of(ulong id, Endpoint one, Endpoint other) =>
            one.CompareTo(other) <= 0 ? new Key(id, one, other) : new Key(id, other, one);
    }
}

/// <summary>What events other than <c>flow</c> say of one flow.</summary>
internal sealed class SuricataDetail
{
    public TlsHandshake? Tls { get; set; }

    /// <summary>True for the first version of SMB, as it was agreed on last.</summary>
    public bool IsSmb1 { get; set; }

    /// <summary>The only RPC interface accepted so far; empty when there may be others, null without one.</summary>
    public string? OnlyInterface { get; set; }

    /// <summary>Uses of the connection; null without any.</summary>
    public LogUses? Uses { get; private set; }

    /// <summary>Keeps a use.</summary>
    public void Keep(CarriedKind kind, string name, ushort operation, FrameReference line) =>
        (Uses ??= new LogUses()).Keep(kind, name, operation, line);
}
