using System.Runtime.InteropServices;
using System.Text;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>What the logs beside conn.log say of its connections, by uid, within a limit; and names of hosts.</summary>
internal sealed class ZeekDetails
{
    /// <summary>Connections kept: some 300 bytes each, a kilobyte with a handshake.</summary>
    public const int Maximum = 500_000;

    private const string AdminShare = "ADMIN$";
    private const string PipeShare = "IPC$";

    private readonly Dictionary<string, ZeekDetail> _byUid = new(StringComparer.Ordinal);
    private readonly ZeekCertificates _certificates = new();

    /// <summary>Names of addresses.</summary>
    public HostNameTable Names { get; } = new();

    /// <summary>Rows that were left out for the limits.</summary>
    public long NotKept => _notKept + _certificates.NotKept;

    private long _notKept;

    /// <summary>What is known of a connection; null when nothing is.</summary>
    public ZeekDetail? Find(ReadOnlySpan<byte> uid)
    {
        if (_byUid.Count == 0 || uid.Length > LogOrigin.MaximumIdentifier)
            return null;
        Span<char> text = stackalloc char[LogOrigin.MaximumIdentifier];
        return _byUid.GetAlternateLookup<ReadOnlySpan<char>>()
            .TryGetValue(text[..Encoding.Latin1.GetChars(uid, text)], out var detail) ? detail : null;
    }

    /// <summary>The handshake of a connection with its certificates; null without one.</summary>
    public TlsHandshake? HandshakeOf(ZeekDetail? detail) => detail?.Tls?.With(_certificates);

    /// <summary>Adds a row of a stream other than conn.</summary>
    public void Add(ZeekStream stream, ZeekRow row, FrameReference line)
    {
        if (stream == ZeekStream.Certificates)
            _certificates.Add(row);
        else if (stream == ZeekStream.Tls && Of(row) is { Tls: null } undescribed)
            undescribed.Tls = ZeekTls.Of(row);
        else if (stream == ZeekStream.Rpc)
            AddCall(row, line);
        else if (stream == ZeekStream.Shares)
            AddShare(row, line);
        else if (stream == ZeekStream.Tunnels && row.Text(ZeekField.TunnelType) is { } type && Of(row) is { } carrier)
            carrier.Tunnel ??= type.Replace("Tunnel::", "", StringComparison.Ordinal).ToLowerInvariant();
        else if (stream == ZeekStream.Http)
        {
            if ((ZeekRequests.IsTelling(row) || Find(row[ZeekField.Uid]) is not null) && Of(row) is { } asked)
                asked.Requests.AddHttp(row, line);
        }
        else if (stream == ZeekStream.Sip)
            Of(row)?.Requests.AddSip(row, line);
        else if (stream == ZeekStream.Dns)
            AddAnswers(row);
        else if (stream == ZeekStream.Ntlm)
            AddLogin(row);
        else if (stream == ZeekStream.Kerberos)
            AddTicket(row);
    }

    private static IpAddress? AddressOf(ZeekRow row, ZeekField field) =>
        IpAddress.TryParse(row[field], out var address) ? address : null;

    private ZeekDetail? Of(ZeekRow row)
    {
        var uid = row[ZeekField.Uid];
        if (uid.IsEmpty || uid.Length > LogOrigin.MaximumIdentifier)
            return null;
        if (Find(uid) is { } known)
            return known;
        if (_byUid.Count == Maximum)
        {
            _notKept++;
            return null;
        }

        return CollectionsMarshal.GetValueRefOrAddDefault(_byUid, Encoding.Latin1.GetString(uid), out _) =
            new ZeekDetail();
    }

    private void AddCall(ZeekRow row, FrameReference line)
    {
        if (row.Text(ZeekField.Endpoint) is not { } endpoint || ZeekRpc.InterfaceOf(endpoint) is not { } known
            || Of(row) is not { } detail)
            return;
        detail.Keep(CarriedKind.Interface, known, 0, line);
        if (row.Text(ZeekField.Operation) is { } operation && ZeekRpc.OperationOf(known, operation) is { } number)
            detail.Keep(CarriedKind.Call, known, number, line);
    }

    /// <summary>A share's own name is not kept but for administrative ones; IPC$ is how RPC travels.</summary>
    private void AddShare(ZeekRow row, FrameReference line)
    {
        if (row.Text(ZeekField.SharePath) is not { } path)
            return;
        var parts = path.TrimStart('\\').Split('\\');
        if (parts.Length > 1)
            AddName(AddressOf(row, ZeekField.ResponderAddress), parts[0], NameBasis.Smb, row);
        var share = parts[^1];
        var isAdministrative = share.EndsWith('$');
        if (isAdministrative || share.Equals(PipeShare, StringComparison.OrdinalIgnoreCase)
            || share.Equals(AdminShare, StringComparison.OrdinalIgnoreCase))
            return;
        if (row.Text(ZeekField.ShareType) is "DISK" or "PRINT")
            Of(row)?.Keep(CarriedKind.Share, CarriedUse.FileShare, 0, line);
    }

    /// <summary>The query is a name of all addresses that answer it, behind aliases or not.</summary>
    private void AddAnswers(ZeekRow row)
    {
        if (row.Text(ZeekField.Query) is not { } query || row.Port(ZeekField.ResponderPort) != DnsPort)
            return;
        foreach (var answer in row.Texts(ZeekField.Answers))
        {
            if (IpAddress.TryParse(answer, out var address))
                AddName(address, query, NameBasis.DnsAnswer, row);
        }
    }

    private const ushort DnsPort = 53;

    private void AddLogin(ZeekRow row)
    {
        AddName(AddressOf(row, ZeekField.OriginatorAddress), row.Text(ZeekField.HostName), NameBasis.Ntlm, row);
        AddName(AddressOf(row, ZeekField.ResponderAddress),
            row.Text(ZeekField.ServerDnsName) ?? row.Text(ZeekField.ServerNetBiosName), NameBasis.Ntlm, row);
    }

    /// <summary>A client whose name ends in a dollar sign is the computer itself (RFC 4120 §6.2, [MS-KILE]
    /// 3.3.1.1).</summary>
    private void AddTicket(ZeekRow row)
    {
        var principal = row.Text(ZeekField.Client)?.Split('/')[0];
        if (principal is { Length: > 1 } && principal.EndsWith('$'))
            AddName(AddressOf(row, ZeekField.OriginatorAddress), principal[..^1], NameBasis.Kerberos, row);
    }

    private void AddName(IpAddress? address, string? name, NameBasis basis, ZeekRow row)
    {
        if (address is { } of)
            LogNames.Add(Names, of, name, basis, row.TimeNs(ZeekField.Timestamp, out _));
    }
}

/// <summary>What the logs beside conn.log say of one connection.</summary>
internal sealed class ZeekDetail
{
    public ZeekTls? Tls { get; set; }

    /// <summary>Kind of tunnel that the connection is; null for none.</summary>
    public string? Tunnel { get; set; }

    /// <summary>What its requests of HTTP or SIP show.</summary>
    public ZeekRequests Requests => _requests ??= new ZeekRequests();

    /// <summary>The flow with what its requests show.</summary>
    public FlowRecord WithRequests(FlowRecord flow) => _requests?.AddTo(flow) ?? flow;

    private ZeekRequests? _requests;

    /// <summary>Uses of the connection; null without any.</summary>
    public LogUses? Uses { get; private set; }

    /// <summary>Keeps a use.</summary>
    public void Keep(CarriedKind kind, string name, ushort operation, FrameReference line) =>
        (Uses ??= new LogUses()).Keep(kind, name, operation, line);
}
