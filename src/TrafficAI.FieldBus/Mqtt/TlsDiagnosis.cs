using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>Why a broker and this end do not trust each other, in words: libmosquitto knows only that they do not. It shakes hands once more by
/// itself, sends nothing, and decides nothing.</summary>
internal static class TlsDiagnosis
{
    /// <summary>A broker that has not objected by then does not object.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>What is wrong and what next, without a full stop; null when no certificate is to blame, or the broker does not answer.</returns>
    public static string? Of(MqttAddress address)
    {
        if (address.Authority is null) return null;
        if (!TryReadAuthority(address.Authority, out var authority, out var complaint) || !TryReadOwn(address, out var own, out complaint)) return complaint;
        using (own) return Shake(address, authority, own);
    }

    /// <summary>The same of the files alone.</summary>
    public static string? OfFiles(MqttAddress address)
    {
        if (address.Authority is null) return null;
        if (!TryReadAuthority(address.Authority, out _, out var complaint) || !TryReadOwn(address, out var own, out complaint)) return complaint;
        own?.Dispose();
        return null;
    }

    private static bool TryReadAuthority(string file, out X509Certificate2Collection authority, out string? complaint)
    {
        authority = [];
        complaint = null;
        try
        {
            authority.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            complaint = $"the authority's certificate {file} cannot be read: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}";
        }

        if (complaint is null && authority.Count == 0) complaint = $"the authority's certificate {file} holds no certificate in PEM";
        return complaint is null;
    }

    private static bool TryReadOwn(MqttAddress address, out X509Certificate2? own, out string? complaint)
    {
        (own, complaint) = (null, null);
        if (address.Certificate is not { } file) return true;
        try
        {
            own = X509Certificate2.CreateFromPemFile(file, address.Key);
            complaint = Dates(file, own);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            complaint = $"{file} and {address.Key ?? "the missing key=FILE"} are no certificate and its key in PEM, or cannot be read";
        }

        return complaint is null;
    }

    private static string? Dates(string name, X509Certificate2 certificate)
    {
        var now = DateTime.UtcNow;
        if (now > certificate.NotAfter.ToUniversalTime()) return $"{name} expired on {Date(certificate.NotAfter)}; have a new one made";
        return now < certificate.NotBefore.ToUniversalTime() ? $"{name} is not good before {Date(certificate.NotBefore)}; is the clock right?" : null;
    }

    private static string? Shake(MqttAddress address, X509Certificate2Collection authority, X509Certificate2? own)
    {
        string? complaint = null;
        try
        {
            using var socket = new TcpClient();
            if (!socket.ConnectAsync(address.Host, address.Port).Wait(Patience)) return null;
            using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, broker, chain, errors) =>
            {
                complaint = OfBroker(address, broker as X509Certificate2, chain, errors);
                return complaint is null;
            });
            tls.ReadTimeout = (int)Patience.TotalMilliseconds;
            tls.AuthenticateAsClient(Options(address, authority, own));
            // With TLS 1.3 the broker's verdict on our certificate comes after the handshake.
            if (tls.ReadByte() < 0) complaint = OfOwn(address);
        }
        catch (AggregateException e) when (e.InnerException is SocketException)
        {
            return null;
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock })
        {
            return null;
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            complaint ??= OfOwn(address);
        }

        return complaint;
    }

    private static SslClientAuthenticationOptions Options(MqttAddress address, X509Certificate2Collection authority, X509Certificate2? own)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authority);
        return new() { TargetHost = address.Host, CertificateChainPolicy = policy, ClientCertificates = own is null ? [] : [own] };
    }

    private static string? OfBroker(MqttAddress address, X509Certificate2? broker, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return null;
        if (broker is null) return "the broker shows no certificate";
        if (Dates("the broker's certificate", broker) is { } late) return late;
        if (chain is not null && chain.ChainStatus.Any(status => status.Status == X509ChainStatusFlags.NotValidForUsage))
            return "what answers shows a certificate that is no broker's; who is it?";
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"the broker's certificate is for {Names(broker)}, not for {address.Host}; call the broker by a name that it has"
            : $"the broker's certificate is not signed by {address.Authority}; take the authority of this broker";
    }

    private static string OfOwn(MqttAddress address) => address.Certificate is { } file
        ? $"the broker refuses {file}; is it revoked, or not made by the authority that the broker trusts, or does the broker listen without TLS?"
        : "the broker asks for a certificate of ours; name it with ?cert=FILE&key=FILE";

    private static string Names(X509Certificate2 broker)
    {
        var names = broker.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var all = names is null ? [] : names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(a => a.ToString())).ToArray();
        return all.Length == 0 ? broker.GetNameInfo(X509NameType.SimpleName, false) : string.Join(" or ", all);
    }

    private static string Date(DateTime moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
